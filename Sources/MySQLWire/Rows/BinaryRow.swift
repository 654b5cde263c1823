// A row of the binary protocol: the header of an OK packet, a bitmap of the columns that are NULL, and the other
// columns' cells, each in the layout of its type.
extension ResultColumns {
  /// Returns the size of the NULL bitmap in bytes: one bit for each column, after two unused bits.
  package static func nullBitmapSize(_ columns: Int) -> Int { (columns + 9) / 8 }

  /// Throws unless a binary row consists of exactly these columns' cells.
  func checkBinaryRow(_ row: RawSpan) throws(Violation) {
    var position = 0
    guard try row.readUInt8(at: &position) == OKPacket.header else { throw .malformed(.binaryRow) }
    let nulls = position
    try row.skip(Self.nullBitmapSize(count), at: &position)
    for column in 0..<count where try !row.isNull(column, bitmapAt: nulls) {
      _ = try row.readBinaryCell(layouts[column], at: &position)
    }
    guard position == row.byteCount else { throw .trailingBytes(in: .binaryRow) }
  }
}

extension RawSpan {
  /// Whether the bitmap that begins at `start` shows a column as NULL.
  @inline(__always)
  func isNull(_ column: Int, bitmapAt start: Int) throws(Violation) -> Bool {
    let bit = column + 2
    let place = start + (bit >> 3)
    guard place < byteCount else { throw .truncated }
    return unsafeLoad(fromByteOffset: place, as: UInt8.self) >> UInt8(truncatingIfNeeded: bit & 7) & 1 == 1
  }
}

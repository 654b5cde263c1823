// A row of the text protocol: for each column a length and the cell's content, or a marker for NULL.
extension ResultColumns {
  /// Throws unless a row in text consists of exactly these columns' cells.
  func checkTextRow(_ row: RawSpan) throws(Violation) {
    var position = 0
    for _ in 0..<count { _ = try row.readTextCell(at: &position) }
    guard position == row.byteCount else { throw .trailingBytes(in: .textRow) }
  }
}

extension RawSpan {
  /// Reads the cell at the position and returns the range of its content, or nil for NULL.
  @inline(__always)
  func readTextCell(at position: inout Int) throws(Violation) -> Range<Int>? {
    guard position < byteCount else { throw .truncated }
    if unsafeLoad(fromByteOffset: position, as: UInt8.self) == Self.nullMarker {
      position += 1
      return nil
    }
    return try readLengthEncodedRange(at: &position)
  }
}

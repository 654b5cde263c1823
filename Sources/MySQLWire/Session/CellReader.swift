/// A reader of the cells of one row, from the first column to the last. It is given the batch's bytes at each
/// step, so that it can be stored where a borrowed span cannot.
package struct CellReader: Sendable {
  /// The column whose cell comes next.
  package private(set) var column = 0
  private var position: Int
  /// The offset of a binary row's NULL bitmap.
  private let nulls: Int

  package init(_ row: Range<Int>, _ columns: borrowing ResultColumns) {
    nulls = row.lowerBound + 1
    switch columns.format {
    case .text: position = row.lowerBound
    case .binary: position = nulls + ResultColumns.nullBitmapSize(columns.count)
    }
  }

  /// Returns the range of the next cell's content, or nil for NULL.
  @inline(__always)
  package mutating func next(
    in bytes: RawSpan, _ columns: ResultColumns
  ) throws(Violation) -> Range<Int>? {
    defer { column += 1 }
    switch columns.format {
    case .text: return try bytes.readTextCell(at: &position)
    case .binary:
      guard try !bytes.isNull(column, bitmapAt: nulls) else { return nil }
      return try bytes.readBinaryCell(columns.layouts[column], at: &position)
    }
  }
}

extension ResultColumns {
  /// Returns the size of the NULL bitmap in bytes: one bit for each column, after two unused bits.
  static func nullBitmapSize(_ columns: Int) -> Int { (columns + 9) / 8 }

  /// Throws unless a row consists of exactly these columns' cells.
  @inline(__always)
  func checkRow(_ row: RawSpan) throws(Violation) {
    switch format {
    case .text: try checkTextRow(row)
    case .binary: try checkBinaryRow(row)
    }
  }

  private func checkTextRow(_ row: RawSpan) throws(Violation) {
    var position = 0
    for _ in 0..<count { _ = try row.readTextCell(at: &position) }
    guard position == row.byteCount else { throw .trailingBytes(in: .textRow) }
  }

  private func checkBinaryRow(_ row: RawSpan) throws(Violation) {
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
  @inline(__always)
  fileprivate func readTextCell(at position: inout Int) throws(Violation) -> Range<Int>? {
    guard position < byteCount else { throw .truncated }
    if unsafeLoad(fromByteOffset: position, as: UInt8.self) == Self.nullMarker {
      position += 1
      return nil
    }
    return try readLengthEncodedRange(at: &position)
  }

  @inline(__always)
  fileprivate func isNull(_ column: Int, bitmapAt start: Int) throws(Violation) -> Bool {
    let bit = column + 2
    guard start + bit / 8 < byteCount else { throw .truncated }
    return unsafeLoad(fromByteOffset: start + bit / 8, as: UInt8.self) >> UInt8(bit % 8) & 1 == 1
  }

  @inline(__always)
  func readBinaryCell(
    _ layout: BinaryLayout, at position: inout Int
  ) throws(Violation) -> Range<Int> {
    switch layout {
    case .fixed(let size): return try readRange(size, at: &position)
    case .temporal: return try readRange(Int(readUInt8(at: &position)), at: &position)
    case .lengthEncoded: return try readLengthEncodedRange(at: &position)
    }
  }
}

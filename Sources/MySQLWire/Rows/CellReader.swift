/// A reader of the cells of one row, from the first column to the last. It is given the block's bytes at each
/// step, so that it can be stored where a borrowed span cannot.
package struct CellReader: Sendable {
  /// The column whose cell comes next.
  package private(set) var column = 0
  /// The offset at which it begins.
  private(set) var position: Int
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

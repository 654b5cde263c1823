/// Some rows of a result, as the server sent them. A row is a range of the bytes, and its cells are read by
/// a `CellReader`; the session has checked that they are all there.
package final class RowBatch: Sendable {
  package let columns: ResultColumns
  package let bytes: [UInt8]
  package let count: Int
  /// Where each row ends. The next begins behind the header of its packet. Empty for a single row, which then
  /// takes no array.
  private let ends: [UInt32]
  /// How many rows of the result came before, so that an error can name its row.
  package let firstRow: Int

  init(columns: ResultColumns, bytes: [UInt8], ends: [UInt32], firstRow: Int = 0) {
    self.columns = columns
    self.bytes = bytes
    self.ends = ends
    self.firstRow = firstRow
    count = ends.count
  }

  init(columns: ResultColumns, row: [UInt8], firstRow: Int = 0) {
    self.columns = columns
    bytes = row
    ends = []
    self.firstRow = firstRow
    count = 1
  }

  /// How much memory the rows take, their columns not included.
  package var size: Int { bytes.count + ends.count * MemoryLayout<UInt32>.size }

  @inline(__always)
  package func range(ofRow row: Int) -> Range<Int> {
    let start = row == 0 ? 0 : Int(ends[row - 1]) + PacketFramer.headerSize
    return start..<(ends.isEmpty ? bytes.count : Int(ends[row]))
  }
}

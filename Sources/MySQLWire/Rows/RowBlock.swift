/// Some rows of a result, as the server sent them. A row is a range of the bytes, and its cells are read by
/// a `CellReader`; the session has checked that they are all there.
package final class RowBlock: Sendable {
  package let columns: ResultColumns
  package let bytes: [UInt8]
  package let count: Int
  /// The offset at which each row ends. The next row begins after the header of its packet. Empty for a
  /// single row, which therefore needs no array.
  private let ends: [UInt32]
  /// The number of rows of the result before this block, so that an error can name its row.
  package let firstRow: Int
  /// What the server said at the end of the result, if these are its last rows and the end arrived with them. Then no
  /// event follows for it.
  package let end: OKPacket?
  /// Where the memory of a large row goes.
  private let spare: SpareMemory?

  init(columns: ResultColumns, bytes: [UInt8], ends: [UInt32], firstRow: Int = 0, end: OKPacket? = nil) {
    self.columns = columns
    self.bytes = bytes
    self.ends = ends
    self.firstRow = firstRow
    self.end = end
    spare = nil
    count = ends.count
  }

  init(
    columns: ResultColumns, row: [UInt8], firstRow: Int = 0, end: OKPacket? = nil, spare: SpareMemory? = nil
  ) {
    self.columns = columns
    bytes = row
    ends = []
    self.firstRow = firstRow
    self.end = end
    self.spare = spare
    count = 1
  }

  deinit { spare?.offer(bytes) }

  /// The memory that the rows take, in bytes, without their columns.
  package var size: Int { bytes.count + ends.count * MemoryLayout<UInt32>.size }

  @inline(__always)
  package func range(ofRow row: Int) -> Range<Int> {
    let start = row == 0 ? 0 : Int(ends[row - 1]) + PacketFramer.headerSize
    return start..<(ends.isEmpty ? bytes.count : Int(ends[row]))
  }
}

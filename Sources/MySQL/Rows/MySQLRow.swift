import MySQLWire

/// One row of a result. It keeps the bytes that the server sent; a cell is decoded when it is requested.
public struct MySQLRow: Sendable {
  @usableFromInline let block: Block
  /// The row within the block.
  @usableFromInline let index: Int

  init(_ block: Block, _ index: Int) {
    self.block = block
    self.index = index
  }

  /// The columns of the result, in order.
  public var columns: [MySQLColumn] { block.columns.columns }

  /// How many cells there are.
  public var count: Int { block.columns.count }

  /// The cell of a column by its position, from 0. Walks over the cells before it: a few nanoseconds each.
  ///
  /// - Precondition: The row has such a column.
  public subscript(column: Int) -> MySQLCell {
    precondition(column >= 0 && column < count, "the row has no column \(column)")
    var cells = block.cells(ofRow: index)
    for _ in 0..<column { _ = cells.next(in: block) }
    return MySQLCell(block, cells.next(in: block))
  }

  /// The cell of a column by its name. Matches exactly, else case-insensitively. Nil if there is no such
  /// column; the first if several match.
  public subscript(name: String) -> MySQLCell? {
    block.columns.index(of: name).map { self[$0] }
  }

  /// Calls a closure with the exact bytes that the server sent for a cell, without copying them: as `MySQLCell.bytes`
  /// describes them. Returns what the closure returns; nil for NULL, without calling it.
  ///
  /// ```swift
  /// let header = row.withBytes(at: 0) { bytes in bytes.count >= 4 ? bytes[3] : 0 }
  /// ```
  ///
  /// - Precondition: The row has such a column.
  /// - Throws: What the closure throws.
  public func withBytes<R, E: Error>(
    at column: Int, _ body: (Span<UInt8>) throws(E) -> R
  ) throws(E) -> R? {
    guard let range = self[column].place.range else { return nil }
    let storage = block.rows.bytes
    return try body(storage.span.extracting(range))
  }
}

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
}

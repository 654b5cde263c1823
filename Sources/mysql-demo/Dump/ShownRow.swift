import MySQLWire

/// A row of SHOW or of information_schema.
struct ShownRow {
  private let cells: [[UInt8]?]

  init(_ block: RowBlock, _ row: Int) {
    var cells: [[UInt8]?] = []
    block.forEachCell(ofRow: row) { _, range in cells.append(range.map { Array(block.bytes[$0]) }) }
    self.cells = cells
  }

  /// Returns the content of a column; nil for NULL, or if the column does not exist.
  func bytes(_ column: Int) -> [UInt8]? { cells.indices.contains(column) ? cells[column] : nil }

  func text(_ column: Int) -> String? { bytes(column).map { String(decoding: $0, as: UTF8.self) } }

  /// The text of a column that is never NULL.
  subscript(_ column: Int) -> String { text(column) ?? "" }
}

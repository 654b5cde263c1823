import MySQLWire

/// Rows that arrived together, shared by the row values made of them.
@usableFromInline
final class Batch: Sendable {
  let rows: RowBatch
  let columns: ColumnList
  /// How many rows of the result came before, so that an error can name its row.
  let firstRow: Int

  init(_ rows: RowBatch, _ columns: ColumnList, firstRow: Int) {
    self.rows = rows
    self.columns = columns
    self.firstRow = firstRow
  }
}

/// The columns of a result, for all its rows.
final class ColumnList: Sendable {
  let wire: ResultColumns
  let columns: [MySQLColumn]
  private let indices: [String: Int]

  init(_ wire: ResultColumns) {
    self.wire = wire
    columns = wire.definitions.map { MySQLColumn($0) }
    // Of several columns with one name the first counts, as it does in the `mysql` command's own tables.
    indices = Dictionary(columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  var count: Int { columns.count }

  /// The column of that name: exactly so, or else whatever the case.
  func index(of name: String) -> Int? {
    if let index = indices[name] { return index }
    let lowercased = name.lowercased()
    return columns.firstIndex { $0.name.lowercased() == lowercased }
  }

  /// The names for an error to list, such as `3 columns (id, name, age)`.
  var listing: String {
    let names = columns.prefix(20).map(\.name) + (count > 20 ? ["…"] : [])
    return "\(count) \(count == 1 ? "column" : "columns") (\(names.joined(separator: ", ")))"
  }
}

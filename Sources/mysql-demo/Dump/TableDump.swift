import MySQL
import MySQLWire

/// One table or sequence: its definition and its content.
struct TableDump {
  let session: DumpSession
  let table: SchemaReader.Table
  let output: OutputBuffer

  func writeDefinition() async throws(DumpFailure) {
    let kind = table.kind == .sequence ? "SEQUENCE" : "TABLE"
    let rows = try await session.rows(of: "SHOW CREATE \(kind) \(table.qualified)", for: table.shown)
    guard let definition = rows.first?.bytes(1) else {
      throw .reason("\(table.shown): the server does not return its definition")
    }
    output.write(text: "DROP \(kind) IF EXISTS \(table.name.sqlName);\n")
    output.write(definition)
    output.write(";\n")
  }

  /// Writes the value that a sequence continues with. Values that the server has set aside are skipped.
  func writePosition() async throws(DumpFailure) {
    let rows = try await session.rows(
      of: "SELECT next_not_cached_value, cycle_count FROM \(table.qualified)", for: table.shown)
    guard let row = rows.first else { return }
    output.write(text: "DO SETVAL(\(table.name.sqlName), \(row[0]), 0, \(row[1]));\n")
  }

  /// Writes the rows.
  func writeRows(where condition: String?, _ progress: DumpProgress) async throws(DumpFailure) {
    let columns = try await SchemaReader(session: session).columns(of: table)
    let names = columns.map(\.name.sqlName).joined(separator: ", ")
    let head = "INSERT INTO \(table.name.sqlName) (\(names)) VALUES "
    // A table whose columns are all generated has rows, too.
    let list = columns.isEmpty ? "NULL" : columns.map(\.expression).joined(separator: ", ")
    let clause = condition.map { " WHERE \($0)" } ?? ""
    let limits = InsertWriter.Limits(maxAllowedPacket: session.maxAllowedPacket)
    var writer: InsertWriter?
    try await session.read("SELECT \(list) FROM \(table.qualified)\(clause)", for: table.shown) {
      (part: MySQLAnswer.Part) throws(DumpFailure) -> Void in
      switch part {
      case .columns(let result):
        let literals = zip(columns, result.definitions).map { $0.literal(for: $1) }
        writer = InsertWriter(head: head, literals: literals, limits: limits, to: output)
      case .rows(let block):
        writer?.write(block)
        progress.add(rows: block.count, bytes: block.bytes.count)
        guard output.isOpen else { throw .stopped }
      case .done: writer?.end()
      }
    }
  }
}

extension SchemaReader.Column {
  /// Character sets whose every text has exactly one form in Unicode. In the others, some bytes are not a character, or
  /// several forms of a character become the same one.
  private static let exactSets: Set<String> = [
    "utf8mb4", "utf8mb3", "utf8", "ucs2", "utf16", "utf16le", "utf32", "latin1", "ascii",
  ]

  /// The character set in which the column's text is written as bytes; nil for columns that are written as text.
  private var bytesSet: String? {
    guard let characterSet, type != "enum", type != "set", !Self.exactSets.contains(characterSet) else {
      return nil
    }
    return characterSet
  }

  /// The expression by which a dump reads the column.
  fileprivate var expression: String {
    if bytesSet != nil { return "CONVERT(\(name.sqlName) USING binary)" }
    // The server shows six digits of a FLOAT, and all of a DOUBLE.
    if type == "float", !hasScale { return "\(name.sqlName) * 1e0" }
    return name.sqlName
  }

  fileprivate func literal(for definition: ColumnDefinition) -> SQLLiteral {
    bytesSet.map { .encoded($0) } ?? SQLLiteral(for: definition)
  }
}

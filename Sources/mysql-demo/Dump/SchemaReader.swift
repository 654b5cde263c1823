/// What there is to dump: databases, and what is in them.
struct SchemaReader {
  private static let systemDatabases: Set<String> = [
    "mysql", "information_schema", "performance_schema", "sys", "ndbinfo",
  ]

  let session: DumpSession

  /// A table, view or sequence.
  struct Table {
    enum Kind { case table, view, sequence }

    let database: String
    let name: String
    let kind: Kind
    let engine: String
    /// About how many rows there are.
    let rows: Int

    /// The name as errors and comments show it.
    var shown: String { "\(database).\(name)" }
    var qualified: String { "\(database.sqlName).\(name.sqlName)" }

    /// Whether what is read of it belongs to the snapshot.
    var isTransactional: Bool { ["INNODB", "ROCKSDB", "TOKUDB", "NDBCLUSTER"].contains(engine.uppercased()) }

    /// Whether its rows are those of other tables.
    var showsOtherTables: Bool { ["MRG_MYISAM", "FEDERATED"].contains(engine.uppercased()) }
  }

  /// A column whose values are stored, not generated.
  struct Column {
    let name: String
    let type: String
    let characterSet: String?
    /// Whether the number of digits after the point is fixed.
    let hasScale: Bool
  }

  /// A view, trigger, routine or event.
  struct Program {
    let kind: StoredProgram.Kind
    let name: String
  }

  func databases() async throws(DumpFailure) -> [String] {
    try await session.rows(
      of: "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA ORDER BY SCHEMA_NAME", for: "the databases"
    ).map { $0[0] }.filter { !Self.systemDatabases.contains($0.lowercased()) }
  }

  /// Returns the tables of a database: all, or the named ones.
  func tables(of database: String, named names: Set<String>?) async throws(DumpFailure) -> [Table] {
    let rows = try await session.rows(
      of: """
        SELECT TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_ROWS FROM information_schema.TABLES
        WHERE TABLE_SCHEMA = \(database.sqlString) AND TABLE_TYPE <> 'TEMPORARY' ORDER BY TABLE_NAME
        """, for: database)
    let tables = rows.map { row in
      let kind: Table.Kind = row[1].hasSuffix("VIEW") ? .view : row[1] == "SEQUENCE" ? .sequence : .table
      return Table(
        database: database, name: row[0], kind: kind, engine: row[2],
        rows: row.text(3).flatMap { Int($0) } ?? 0)
    }
    guard let names else { return tables }
    if let missing = names.subtracting(tables.map(\.name)).min() {
      throw .reason("there is no table \(database).\(missing)")
    }
    return tables.filter { names.contains($0.name) }
  }

  /// Returns the columns of a table, without the generated ones.
  func columns(of table: Table) async throws(DumpFailure) -> [Column] {
    let rows = try await session.rows(
      of: """
        SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_SET_NAME, NUMERIC_SCALE, EXTRA FROM information_schema.COLUMNS
        WHERE TABLE_SCHEMA = \(table.database.sqlString) AND TABLE_NAME = \(table.name.sqlString)
        ORDER BY ORDINAL_POSITION
        """, for: table.shown)
    return rows.filter { row in
      // MySQL calls a column with an expression as its default DEFAULT_GENERATED.
      !row[4].contains("VIRTUAL GENERATED") && !row[4].contains("STORED GENERATED")
    }.map {
      Column(name: $0[0], type: $0[1].lowercased(), characterSet: $0.text(2), hasScale: $0.text(3) != nil)
    }
  }

  /// Returns the triggers of a table, in the order in which they fire.
  func triggers(of table: Table) async throws(DumpFailure) -> [Program] {
    try await session.rows(
      of: """
        SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = \(table.database.sqlString)
        AND EVENT_OBJECT_TABLE = \(table.name.sqlString) ORDER BY EVENT_MANIPULATION, ACTION_TIMING, ACTION_ORDER
        """, for: "the triggers of \(table.shown)"
    ).map { Program(kind: .trigger, name: $0[0]) }
  }

  func routines(of database: String) async throws(DumpFailure) -> [Program] {
    try await session.rows(
      of: """
        SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES
        WHERE ROUTINE_SCHEMA = \(database.sqlString) ORDER BY ROUTINE_TYPE, ROUTINE_NAME
        """, for: "the routines of \(database)"
    ).compactMap { row in StoredProgram.Kind(rawValue: row[0]).map { Program(kind: $0, name: row[1]) } }
  }

  func events(of database: String) async throws(DumpFailure) -> [Program] {
    try await session.rows(
      of: """
        SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = \(database.sqlString)
        ORDER BY EVENT_NAME
        """, for: "the events of \(database)"
    ).map { Program(kind: .event, name: $0[0]) }
  }
}

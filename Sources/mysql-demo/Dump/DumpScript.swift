import Foundation
import MySQL

/// The text of a dump, from its first line to its last. Its order lets it load anywhere: views come after all tables
/// and routines, and events last of all.
struct DumpScript {
  /// The last line of a dump that is complete.
  static let lastLine = "-- Dump completed"

  /// The settings under which a dump is read.
  static let settings = """
    SET NAMES utf8mb4;
    SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00';

    """

  private static let checks = ["foreign_key_checks", "unique_checks", "sql_notes"]
  /// Variables that get their former values back at the end of the dump.
  private static let saved =
    ["character_set_client", "character_set_results", "collation_connection", "sql_mode", "time_zone"]
    + checks

  let session: DumpSession
  let plan: DumpPlan
  let output: OutputBuffer
  private var schema: SchemaReader { SchemaReader(session: session) }

  init(_ session: DumpSession, _ plan: DumpPlan, to output: OutputBuffer) {
    self.session = session
    self.plan = plan
    self.output = output
  }

  func write() async throws(DumpFailure) {
    let contents = try await contents()
    writeStart(of: contents)
    let progress = DumpProgress(expected: plan.hasData ? contents.reduce(0) { $0 + $1.rows } : 0)
    let accounts = plan.hasUsers ? try await AccountDump.read(session) : nil
    accounts?.writeAccounts(to: output)
    for database in contents { try await write(database, progress) }
    for database in contents where plan.hasDefinitions { try await writeViews(of: database) }
    for database in contents where plan.hasEvents {
      let events = try await schema.events(of: database.name)
      if !events.isEmpty { try await write(events, of: database, selects: true) }
    }
    accounts?.writeGrants(to: output)
    progress.end()
    writeEnd()
  }

  /// A database and what is dumped of it.
  private struct Content {
    let name: String
    let collation: String?
    let tables: [SchemaReader.Table]

    var rows: Int { tables.reduce(0) { $0 + $1.rows } }
    var views: [SchemaReader.Table] { tables.filter { $0.kind == .view } }
  }

  private func contents() async throws(DumpFailure) -> [Content] {
    var contents: [Content] = []
    for name in plan.isOfAllDatabases ? try await schema.databases() : databases {
      let found = try await session.rows(
        of:
          "SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = \(name.sqlString)",
        for: name)
      guard let row = found.first else {
        throw .reason("there is no database \(name), or this account may not see it")
      }
      let tables = try await schema.tables(of: name, named: plan.tables)
        .filter { !plan.ignoredTables.contains($0.shown) }
      contents.append(Content(name: name, collation: row.text(0), tables: tables))
    }
    return contents
  }

  private var databases: [String] {
    plan.createsDatabases ? plan.names : Array(plan.names.prefix(1))
  }

  private func writeStart(of contents: [Content]) {
    let server = session.connection.server
    let names = contents.isEmpty ? "accounts" : contents.map(\.name).joined(separator: ", ")
    writeComment("mysql-demo \(Help.version), dump of \(names)")
    writeComment(
      "from \(server.isMariaDB ? "MariaDB" : "MySQL") \(server.version), \(Date.now.formatted(.iso8601))")
    output.write("\n")
    for name in Self.saved { output.write(text: "SET @dump_\(name) = @@\(name);\n") }
    output.write(text: Self.settings)
    for name in Self.checks { output.write(text: "SET \(name) = 0;\n") }
  }

  private func writeEnd() {
    output.write("\n")
    for name in Self.saved { output.write(text: "SET \(name) = @dump_\(name);\n") }
    output.write(text: "\n" + Self.lastLine + "\n")
  }

  /// Writes a comment. Names may contain line ends.
  private func writeComment(_ text: String) {
    output.write(text: "-- " + String(text.map { $0.isNewline ? " " : $0 }) + "\n")
  }

  private func write(_ database: Content, _ progress: DumpProgress) async throws(DumpFailure) {
    do throws(MySQLError) {
      // Names of this database are then shown without it, so that the dump can be loaded into another.
      try await session.connection.useDatabase(database.name)
    } catch {
      throw .server(error, database.name)
    }
    if plan.createsDatabases {
      output.write("\n")
      if plan.hasDefinitions {
        let rows = try await session.rows(
          of: "SHOW CREATE DATABASE IF NOT EXISTS \(database.name.sqlName)", for: database.name)
        output.write(text: (rows.first?[1] ?? "") + ";\n")
      }
      output.write(text: "USE \(database.name.sqlName);\n")
    }
    // Defaults of columns may name sequences.
    for table in database.tables where table.kind == .sequence { try await write(table, progress) }
    for table in database.tables where table.kind == .table {
      try await write(table, progress)
      guard plan.hasTriggers else { continue }
      try await write(try await schema.triggers(of: table), of: database)
    }
    for view in database.views where plan.hasDefinitions { try await writeStandIn(for: view) }
    if plan.hasRoutines { try await write(try await schema.routines(of: database.name), of: database) }
  }

  private func write(_ table: SchemaReader.Table, _ progress: DumpProgress) async throws(DumpFailure) {
    let dump = TableDump(session: session, table: table, output: output)
    progress.table = table.shown
    output.write("\n")
    writeComment("\(table.kind == .sequence ? "Sequence" : "Table") \(table.name)")
    try await session.markTables()
    if plan.hasDefinitions { try await dump.writeDefinition() }
    if plan.hasData {
      switch table.kind {
      case .sequence: try await dump.writePosition()
      case .table where !table.showsOtherTables:
        if !table.isTransactional, !plan.locksAllTables {
          StandardError.print(
            "\(ArgumentError.program): note: \(table.shown) (\(table.engine)) is not part of the snapshot "
              + "(--lock-all-tables would keep it as it is)")
        }
        try await dump.writeRows(where: plan.condition, progress)
      case .table, .view: break
      }
    }
    output.flushIfFull()
    guard output.isOpen else { throw .stopped }
    try await session.releaseTables()
  }

  /// Writes a view of the same name and columns, for views that are created before this one is.
  private func writeStandIn(for view: SchemaReader.Table) async throws(DumpFailure) {
    let columns = try await session.rows(of: "SHOW COLUMNS FROM \(view.qualified)", for: view.shown)
    let list = columns.map { "1 AS \($0[0].sqlName)" }.joined(separator: ", ")
    output.write("\n")
    writeComment("Stand-in for the view \(view.name)")
    output.write(text: "DROP VIEW IF EXISTS \(view.name.sqlName);\n")
    output.write(text: "CREATE VIEW \(view.name.sqlName) AS SELECT \(list);\n")
  }

  private func writeViews(of database: Content) async throws(DumpFailure) {
    let views = database.views.map { SchemaReader.Program(kind: .view, name: $0.name) }
    if !views.isEmpty { try await write(views, of: database, selects: true) }
  }

  /// Writes views, triggers, routines or events.
  ///
  /// - Parameter selects: Whether to select the database first, since another one may be in use.
  private func write(
    _ programs: [SchemaReader.Program], of database: Content, selects: Bool = false
  ) async throws(DumpFailure) {
    guard !programs.isEmpty else { return }
    if selects {
      do throws(MySQLError) {
        try await session.connection.useDatabase(database.name)
      } catch {
        throw .server(error, database.name)
      }
      if plan.createsDatabases { output.write(text: "\nUSE \(database.name.sqlName);\n") }
    }
    for program in programs {
      let stored = try await session.withStoredBytes { () throws(DumpFailure) in
        try await StoredProgram(program.kind, program.name, in: database.name, session)
      }
      output.write("\n")
      writeComment("\(program.kind.rawValue.capitalized) \(program.name)")
      stored.write(to: output, databaseCollation: database.collation)
    }
  }
}

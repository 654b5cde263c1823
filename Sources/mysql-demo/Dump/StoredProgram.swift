/// A view, trigger, routine or event: the statement that creates it, and the settings that give it the same meaning.
struct StoredProgram {
  enum Kind: String {
    case view = "VIEW"
    case trigger = "TRIGGER"
    case procedure = "PROCEDURE"
    case function = "FUNCTION"
    case package = "PACKAGE"
    case packageBody = "PACKAGE BODY"
    case event = "EVENT"
  }

  let kind: Kind
  let name: String
  let statement: [UInt8]
  /// The character set of the statement's bytes, and of its texts.
  let characterSet: String
  let collation: String
  /// The `sql_mode` in which it was created and runs; nil for a view, which has none.
  var mode: String?
  /// The time zone of an event's schedule.
  var timeZone: String?
  /// The default collation that the database had then. Texts without a collation of their own have it.
  var databaseCollation: String?

  /// Asks the server for it. Results must be in the bytes that the server stores.
  init(_ kind: Kind, _ name: String, in database: String, _ session: DumpSession) async throws(DumpFailure) {
    let shown = "\(database).\(name)"
    let rows = try await session.rows(
      of: "SHOW CREATE \(kind.rawValue) \(database.sqlName).\(name.sqlName)", for: shown)
    // The place of the statement in the row. The character set and the collations follow.
    let first =
      switch kind {
      case .view: 1
      case .event: 3
      default: 2
      }
    guard let row = rows.first, let statement = row.bytes(first) else {
      throw .reason("\(shown): this account may not see the definition of the \(kind.rawValue.lowercased())")
    }
    self.kind = kind
    self.name = name
    self.statement = statement
    characterSet = row[first + 1]
    collation = row[first + 2]
    if kind != .view {
      mode = row[1]
      databaseCollation = row.text(first + 3)
    }
    if kind == .event { timeZone = row[2] }
  }

  /// Writes the statements that create it, in the database that is in use.
  func write(to output: OutputBuffer, databaseCollation current: String?) {
    // MariaDB knows packages only in Oracle's mode.
    if let mode { output.write(text: "SET sql_mode = \(mode.sqlString);\n") }
    output.write(text: "DROP \(kind.rawValue) IF EXISTS \(name.sqlName);\n")
    let other = databaseCollation != current ? databaseCollation : nil
    if let other { output.write(text: "ALTER DATABASE COLLATE \(other);\n") }
    output.write(text: "SET character_set_client = \(characterSet), collation_connection = \(collation)")
    if let timeZone { output.write(text: ", time_zone = \(timeZone.sqlString)") }
    let delimiter = Self.delimiter(for: statement)
    output.write(text: ";\nDELIMITER \(delimiter)\n")
    output.write(statement)
    output.write(text: "\n\(delimiter)\nDELIMITER ;\n" + DumpScript.settings)
    if let other, let current, other != current { output.write(text: "ALTER DATABASE COLLATE \(current);\n") }
    output.flushIfFull()
  }

  /// Returns a delimiter that does not occur in the statement.
  static func delimiter(for statement: [UInt8]) -> String {
    var delimiter = ";;"
    var number = 0
    while statement.contains(bytes: Array(delimiter.utf8)) {
      number += 1
      delimiter = "$$\(number)$$"
    }
    return delimiter
  }
}

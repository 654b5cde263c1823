import MySQLWire

/// A parser of what a server says about a foreign key:
/// ``(`shop`.`orders`, CONSTRAINT `fk` FOREIGN KEY (`user`) REFERENCES `users` (`id`) ON DELETE CASCADE)``.
struct ForeignKeyText {
  private var rest: ArraySlice<UInt8>

  init(_ message: String) {
    let text = Array(message.utf8)
    rest = text.firstIndex(of: UInt8(ascii: "(")).map { text[$0...] } ?? []
  }

  /// Reads the foreign key. Returns nil unless the text has exactly this form, to its last byte.
  mutating func read() -> MySQLError.ForeignKey? {
    guard skip("("), let database = name(), skip("."), let table = name(),
      skip(", CONSTRAINT "), let constraint = name(),
      skip(" FOREIGN KEY "), let columns = names(),
      skip(" REFERENCES "), var referencedTable = name()
    else { return nil }
    var referencedDatabase = database
    if skip(".") {
      guard let table = name() else { return nil }
      (referencedDatabase, referencedTable) = (referencedTable, table)
    }
    guard skip(" "), let referencedColumns = names(), referencedColumns.count == columns.count,
      skipAction(" ON DELETE "), skipAction(" ON UPDATE "), skip(")"), rest.isEmpty
    else { return nil }
    return MySQLError.ForeignKey(
      database: database, table: table, constraint: constraint, columns: columns,
      referencedDatabase: referencedDatabase, referencedTable: referencedTable,
      referencedColumns: referencedColumns)
  }

  /// Reads names in parentheses.
  private mutating func names() -> [String]? {
    guard skip("("), let first = name() else { return nil }
    var names = [first]
    while skip(", ") {
      guard let next = name() else { return nil }
      names.append(next)
    }
    return skip(")") ? names : nil
  }

  /// Reads a name in backquotes, in quotation marks (with ANSI_QUOTES), or without either (MariaDB without
  /// sql_quote_show_create).
  private mutating func name() -> String? {
    guard let mark = rest.first else { return nil }
    let isQuoted = mark == UInt8(ascii: "`") || mark == UInt8(ascii: "\"")
    if isQuoted { rest.removeFirst() }
    let name = rest.prefix { isQuoted ? $0 != mark : $0.isPlainInNames }
    rest = rest[name.endIndex...]
    guard !name.isEmpty else { return nil }
    if isQuoted {
      // A doubled mark means one mark in MariaDB and two in MySQL.
      guard rest.popFirst() == mark, rest.first != mark else { return nil }
    }
    return String(decoding: name, as: UTF8.self)
  }

  /// Skips the ON DELETE or ON UPDATE action, if the text has one. Returns false if the action is unknown.
  private mutating func skipAction(_ event: String) -> Bool {
    guard skip(event) else { return true }
    return ["CASCADE", "SET NULL", "RESTRICT", "NO ACTION", "SET DEFAULT"].contains { skip($0) }
  }

  private mutating func skip(_ part: String) -> Bool {
    guard rest.starts(with: part.utf8) else { return false }
    rest = rest.dropFirst(part.utf8.count)
    return true
  }
}

extension UInt8 {
  /// Whether a name with this byte needs no quotes.
  fileprivate var isPlainInNames: Bool {
    isASCIILetterOrDigit || self == UInt8(ascii: "_") || self == UInt8(ascii: "$") || self >= 0x80
  }
}

/// A statement. A literal is taken as it is; text that a program puts together must be spelled out as unsafe,
/// so that no value becomes SQL by accident.
///
/// ```swift
/// let rows = try await connection.query("SELECT id FROM \(identifier: table) ORDER BY id")
/// ```
public struct MySQLQuery: Sendable, Hashable {
  /// The SQL as it goes to the server.
  public private(set) var sql: String

  /// Takes text as SQL, whatever it is. Never put a value into it that comes from outside the program.
  public init(unsafe sql: String) { self.sql = sql }
}

extension MySQLQuery: ExpressibleByStringInterpolation {
  /// Takes a literal.
  public init(stringLiteral sql: String) { self.sql = sql }

  /// Takes a literal with pieces that were put in.
  public init(stringInterpolation: StringInterpolation) { sql = stringInterpolation.sql }

  /// What can be put into a statement's text.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var sql = ""

    /// Begins a statement.
    public init(literalCapacity: Int, interpolationCount: Int) {
      sql.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    /// Appends a piece of the statement's own text.
    public mutating func appendLiteral(_ literal: String) { sql += literal }

    /// Appends the name of a table, column or database in quotes.
    public mutating func appendInterpolation(identifier name: String) {
      sql += MySQLQuery.quoted(identifier: name)
    }

    /// Appends SQL as it is.
    public mutating func appendInterpolation(unsafe sql: String) { self.sql += sql }
  }

  /// A name in backquotes, in which those of the name are doubled.
  static func quoted(identifier name: String) -> String {
    "`" + name.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
  }
}

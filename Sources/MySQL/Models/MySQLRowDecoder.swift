public import Foundation

/// A decoder of rows to `Decodable` types: each property is decoded from the column with its name.
///
/// ```swift
/// let users = try await connection.query("SELECT * FROM users")
/// for try await user in users.decode(User.self, using: MySQLRowDecoder(keys: .snakeCase)) { print(user.name) }
/// ```
///
/// An Optional property is nil if its column is NULL or missing. A property whose type has parts of its own,
/// such as an array or another struct, is read from a column that holds JSON. If several columns have one
/// name, the first counts.
public struct MySQLRowDecoder: Sendable {
  /// How properties find their columns.
  public enum Keys: Sendable, Hashable {
    /// The names are the same, or differ in case only.
    case name
    /// The names may also differ in underscores: `createdAt` and `imageURL` find `created_at` and `image_url`.
    case snakeCase
  }

  /// How properties find their columns.
  public var keys: Keys
  /// The time zone for decoding a DATETIME, TIMESTAMP or DATE as a `Date`. Without one, a `Date` property
  /// throws, because the server does not say which time zone applies; `MySQLDateTime` needs none.
  public var timeZone: TimeZone?
  /// The decoder for columns that hold JSON; nil for a default `JSONDecoder`.
  public var json: JSONDecoder?

  /// Makes a decoder.
  public init(keys: Keys = .name, timeZone: TimeZone? = nil, json: JSONDecoder? = nil) {
    self.keys = keys
    self.timeZone = timeZone
    self.json = json
  }

  /// Makes a value from a row. For many rows, `MySQLRows.decode` is faster, because it looks up the columns
  /// once.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`.
  public func decode<Value: Decodable>(_ type: Value.Type, from row: MySQLRow) throws(MySQLError) -> Value {
    try RowContent(row.block.columns, self).decode(type, row.block, row.index)
  }
}

extension MySQLRow {
  /// Makes a value from the row, each property from the column with its name: `try row.decode(User.self)`.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`.
  @_disfavoredOverload
  public func decode<Value: Decodable>(
    _ type: Value.Type, using decoder: MySQLRowDecoder = MySQLRowDecoder()
  ) throws(MySQLError) -> Value {
    try decoder.decode(type, from: self)
  }
}

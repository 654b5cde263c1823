public import Foundation

/// Makes `Decodable` types of rows: each property of the column that has its name.
///
/// ```swift
/// let users = try await connection.query("SELECT * FROM users")
/// for try await user in users.decode(User.self, using: MySQLRowDecoder(keys: .snakeCase)) { print(user.name) }
/// ```
///
/// A property that is an Optional may be NULL or have no column. One of a type that is itself made of parts, as
/// an array or another struct, is read from a column that holds JSON. Several columns of one name: the first counts.
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
  /// The time zone in which a `Date` is made of a DATETIME, TIMESTAMP or DATE. Without one a property that is a
  /// `Date` throws, for the server does not say; `MySQLDateTime` needs none.
  public var timeZone: TimeZone?
  /// What reads the columns that hold JSON; nil for a `JSONDecoder` as it comes.
  public var json: JSONDecoder?

  /// Makes a decoder.
  public init(keys: Keys = .name, timeZone: TimeZone? = nil, json: JSONDecoder? = nil) {
    self.keys = keys
    self.timeZone = timeZone
    self.json = json
  }

  /// Makes a value of a row. To decode many rows, `MySQLRows.decode` is faster, for it finds the columns once.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`.
  public func decode<Value: Decodable>(_ type: Value.Type, from row: MySQLRow) throws(MySQLError) -> Value {
    try RowContent(row.batch.columns, self).decode(type, row.batch, row.index)
  }
}

extension MySQLRow {
  /// Makes a value of the row, each property of the column that has its name: `try row.decode(User.self)`.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`.
  @_disfavoredOverload
  public func decode<Value: Decodable>(
    _ type: Value.Type, using decoder: MySQLRowDecoder = MySQLRowDecoder()
  ) throws(MySQLError) -> Value {
    try decoder.decode(type, from: self)
  }
}

public import Foundation

/// An encoder of `Encodable` types to rows: each property goes to the column with its name.
///
/// ```swift
/// let encoder = MySQLRowEncoder(keys: .snakeCase, timeZone: .gmt)
/// try await connection.execute("INSERT INTO orders \(values: order, using: encoder)")
/// ```
///
/// A nil property becomes NULL. A property whose type has parts of its own, such as an array or another
/// struct, is written as JSON. What a `MySQLRowEncoder` writes, a `MySQLRowDecoder` with the same settings
/// reads.
public struct MySQLRowEncoder: Sendable {
  /// How properties name their columns.
  public enum Keys: Sendable, Hashable {
    /// The names are the same.
    case name
    /// The names are in lowercase, with underscores between words: `createdAt` and `imageURL` become
    /// `created_at` and `image_url`.
    case snakeCase
  }

  /// How properties name their columns.
  public var keys: Keys
  /// The time zone for encoding a `Date` as a DATETIME. Without one, a `Date` property throws, because the
  /// column does not say which clock it shows; `MySQLDateTime` needs none.
  public var timeZone: TimeZone?
  /// The encoder for columns that hold JSON; nil for a default `JSONEncoder`.
  public var json: JSONEncoder?

  /// Makes an encoder.
  public init(keys: Keys = .name, timeZone: TimeZone? = nil, json: JSONEncoder? = nil) {
    self.keys = keys
    self.timeZone = timeZone
    self.json = json
  }

  /// Encodes a value as a row.
  ///
  /// - Throws: A `MySQLError` of the kind `encoding`.
  func encode(_ value: some Encodable) throws(MySQLError) -> EncodedRow {
    let row = EncodedRow(type(of: value))
    // These types have keys, but the keys do not name columns.
    if value is URL || value is Decimal { _ = row.refuseShape() }
    do {
      try value.encode(to: RowEncoder(row: row, options: self))
    } catch let error as MySQLError {
      throw error
    } catch {
      throw row.failure(describe(error))
    }
    try row.finish(self)
    return row
  }
}

extension MySQLRowEncoder.Keys {
  /// Returns the name of a property's column.
  func column(_ property: String) -> String {
    switch self {
    case .name: property
    case .snakeCase: property.inSnakeCase
    }
  }
}

extension String {
  /// The name in snake case: each uppercase letter becomes lowercase, with an underscore before those that
  /// begin a word. Only ASCII letters change, because only those are found again whatever their case.
  fileprivate var inSnakeCase: String {
    let letters = Array(unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, letter) in letters.enumerated() {
      guard letter.isLarge else {
        result.append(letter)
        continue
      }
      if index > 0, letters[index - 1] != "_" {
        let isNextSmall = index + 1 < letters.count && letters[index + 1].isSmall
        if !letters[index - 1].isLarge || isNextSmall { result.append("_") }
      }
      result.append(letter.properties.lowercaseMapping.unicodeScalars.first ?? letter)
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  fileprivate var isLarge: Bool { "A"..."Z" ~= self }
  fileprivate var isSmall: Bool { "a"..."z" ~= self }
}

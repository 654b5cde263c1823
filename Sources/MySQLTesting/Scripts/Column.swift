package import MySQLWire

extension ServerScript {
  /// A column of a result, or a parameter of a statement, as a server describes it.
  public struct Column: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The name that the statement gives it.
    public var name: String
    /// Its type.
    public var kind: Kind
    /// Whether it is an UNSIGNED number.
    public var isUnsigned: Bool
    /// Whether it is described to clients as one that may be NULL. Rows may have NULL in it either way.
    public var isNullable: Bool
    /// The table that it belongs to; empty for an expression.
    public var table: String
    /// The schema that the table is in.
    public var schema: String

    /// Makes a column.
    public init(
      _ name: String, _ kind: Kind = .varchar, isUnsigned: Bool = false, isNullable: Bool = true,
      table: String = "", schema: String = ""
    ) {
      self.name = name
      self.kind = kind
      self.isUnsigned = isUnsigned
      self.isNullable = isNullable
      self.table = table
      self.schema = schema
    }

    /// A column of text, given by its name.
    public init(stringLiteral name: String) { self.init(name) }

    /// A type, by its name in SQL.
    public enum Kind: Sendable, Hashable, CaseIterable {
      /// An integer of 8, 16, 24, 32 or 64 bits.
      case tinyint, smallint, mediumint, int, bigint
      /// A floating point number of 32 or 64 bits.
      case float, double
      /// An exact number.
      case decimal
      /// A date, a time or both; a year.
      case date, time, datetime, timestamp, year
      /// BIT(64).
      case bit
      /// Text.
      case char, varchar, text, json, enumeration, set
      /// Bytes.
      case binary, varbinary, blob, geometry
      /// A vector of 32-bit numbers (MySQL 9), as little-endian bytes.
      case vector
      /// The type of the expression NULL.
      case null
    }

    package var definition: ColumnDefinition {
      var flags: ColumnFlags = kind.flags
      if isUnsigned || kind == .year { flags.insert(.unsigned) }
      if !isNullable { flags.insert(.notNull) }
      return ColumnDefinition(
        schema: schema, table: table, name: name, collation: kind.isText ? .utf8mb4 : .binary,
        length: kind.length, type: kind.type, flags: flags, decimals: kind.decimals)
    }
  }
}

extension ServerScript.Column.Kind {
  fileprivate var type: ColumnType {
    switch self {
    case .tinyint: .tiny
    case .smallint: .short
    case .mediumint: .int24
    case .int: .long
    case .bigint: .longLong
    case .float: .float
    case .double: .double
    case .decimal: .decimal
    case .date: .date
    case .time: .time
    case .datetime: .dateTime
    case .timestamp: .timestamp
    case .year: .year
    case .bit: .bit
    // Both servers announce ENUM and SET as strings with a flag.
    case .char, .binary, .enumeration, .set: .string
    case .varchar, .varbinary: .varString
    case .text, .blob: .blob
    case .json: .json
    case .geometry: .geometry
    case .vector: .vector
    case .null: .null
    }
  }

  fileprivate var isText: Bool {
    switch self {
    case .char, .varchar, .text, .json, .enumeration, .set: true
    default: false
    }
  }

  fileprivate var flags: ColumnFlags {
    switch self {
    case .enumeration: .enumeration
    case .set: .set
    case .text: .blob
    case .blob, .geometry, .vector, .json: [.blob, .binary]
    default: isText ? [] : .binary
    }
  }

  fileprivate var length: UInt32 {
    switch self {
    case .tinyint, .year: 4
    case .smallint: 6
    case .mediumint: 9
    case .int: 11
    case .bigint, .double: 22
    case .float: 12
    case .decimal: 67
    case .date, .time: 10
    case .datetime, .timestamp: 26
    case .bit: 64
    case .null: 0
    default: 65_535
    }
  }

  fileprivate var decimals: UInt8 {
    switch self {
    case .float, .double: 31
    case .time, .datetime, .timestamp: 6
    default: 0
    }
  }
}

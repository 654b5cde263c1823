import MySQLWire

/// What the server tells of one column of a result.
public struct MySQLColumn: Sendable, Hashable {
  /// The column's name or alias in the statement.
  public let name: String
  /// The column's own name in its table; empty for an expression.
  public let originalName: String
  /// The table's name or alias in the statement; empty for an expression.
  public let table: String
  /// The table's own name.
  public let originalTable: String
  /// The database that the table is in.
  public let database: String
  /// The type by its name in SQL, such as `BIGINT UNSIGNED`. Tells VARCHAR from VARBINARY, but not from
  /// CHAR when the server does not.
  public let typeName: String
  /// Whether the column was declared NOT NULL.
  public let isNotNull: Bool
  /// Whether an integer column is UNSIGNED.
  public let isUnsigned: Bool
  /// Whether the column is part of the primary key.
  public let isPrimaryKey: Bool
  /// The most bytes that a value has as text.
  public let length: Int
  /// Digits after the point of a number or of a time's seconds; nil where there is no fixed number of them.
  public let decimals: Int?

  init(_ definition: ColumnDefinition) {
    name = definition.name
    originalName = definition.originalName
    table = definition.table
    originalTable = definition.originalTable
    database = definition.schema
    typeName = definition.typeName
    isNotNull = definition.flags.contains(.notNull)
    isUnsigned = definition.flags.contains(.unsigned)
    isPrimaryKey = definition.flags.contains(.primaryKey)
    length = Int(definition.length)
    decimals = definition.decimals < 31 ? Int(definition.decimals) : nil
  }
}

extension ColumnDefinition {
  /// The type as SQL calls it.
  var typeName: String {
    let isBinary = collation == .binary
    let name =
      switch type {
      case .tiny: "TINYINT"
      case .short: "SMALLINT"
      case .int24: "MEDIUMINT"
      case .long: "INT"
      case .longLong: "BIGINT"
      case .year: "YEAR"
      case .float: "FLOAT"
      case .double: "DOUBLE"
      case .decimal, .oldDecimal: "DECIMAL"
      case .date, .newDate: "DATE"
      case .time: "TIME"
      case .dateTime: "DATETIME"
      case .timestamp: "TIMESTAMP"
      case .bit: "BIT"
      case .json: "JSON"
      case .geometry: "GEOMETRY"
      case .vector: "VECTOR"
      case .null: "NULL"
      case _ where flags.contains(.enumeration): "ENUM"
      case _ where flags.contains(.set): "SET"
      case .tinyBlob, .blob, .mediumBlob, .longBlob: isBinary ? "BLOB" : "TEXT"
      case .string: isBinary ? "BINARY" : "CHAR"
      case .varString, .varchar: isBinary ? "VARBINARY" : "VARCHAR"
      default: "type \(type.rawValue)"
      }
    switch type {
    case .tiny, .short, .int24, .long, .longLong:
      return flags.contains(.unsigned) ? name + " UNSIGNED" : name
    default: return name
    }
  }
}

import MySQLWire

/// What the server says about one column of a result.
public struct MySQLColumn: Sendable, Hashable {
  // Programs read little of a column: storing everything as properties took a tenth of a small query's cost.
  private let definition: ColumnDefinition

  /// The column's name or alias in the statement.
  public var name: String { definition.name }
  /// The column's own name in its table; empty for an expression.
  public var originalName: String { definition.originalName }
  /// The table's name or alias in the statement; empty for an expression.
  public var table: String { definition.table }
  /// The table's own name.
  public var originalTable: String { definition.originalTable }
  /// The database that the table is in.
  public var database: String { definition.schema }
  /// The name of the type in SQL, such as `BIGINT UNSIGNED`. Distinguishes VARCHAR from VARBINARY, but not
  /// from CHAR if the server does not.
  public var typeName: String { definition.typeName }
  /// Whether the column was declared NOT NULL.
  public var isNotNull: Bool { definition.flags.contains(.notNull) }
  /// Whether an integer column is UNSIGNED.
  public var isUnsigned: Bool { definition.flags.contains(.unsigned) }
  /// Whether the column is part of the primary key.
  public var isPrimaryKey: Bool { definition.flags.contains(.primaryKey) }
  /// The maximum length of a value as text, in bytes.
  public var length: Int { Int(definition.length) }
  /// The number of digits after the point of a number or of a time's seconds; nil if there is no fixed
  /// number.
  public var decimals: Int? { definition.decimals < 31 ? Int(definition.decimals) : nil }

  init(_ definition: ColumnDefinition) { self.definition = definition }
}

extension ColumnDefinition {
  /// The name of the type in SQL.
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

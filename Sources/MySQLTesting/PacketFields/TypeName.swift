import MySQLWire

/// The names of the types in the servers' documentation.
enum TypeName {
  private static let names: [UInt8: String] = [
    0: "DECIMAL", 1: "TINY", 2: "SHORT", 3: "LONG", 4: "FLOAT", 5: "DOUBLE", 6: "NULL", 7: "TIMESTAMP",
    8: "LONGLONG", 9: "INT24", 10: "DATE", 11: "TIME", 12: "DATETIME", 13: "YEAR", 14: "NEWDATE",
    15: "VARCHAR", 16: "BIT", 242: "VECTOR", 245: "JSON", 246: "NEWDECIMAL", 247: "ENUM", 248: "SET",
    249: "TINY_BLOB", 250: "MEDIUM_BLOB", 251: "LONG_BLOB", 252: "BLOB", 253: "VAR_STRING", 254: "STRING",
    255: "GEOMETRY",
  ]

  static func of(_ type: ColumnType) -> String {
    names[type.rawValue].map { "\(type.rawValue) (\($0))" } ?? "\(type.rawValue)"
  }
}

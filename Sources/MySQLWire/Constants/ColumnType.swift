/// The type byte of a column or parameter. It is a struct, not an enum, because a server may send a type that
/// this library does not know, and its text can still be read.
package struct ColumnType: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// MYSQL_TYPE_DECIMAL, used by servers before 5.0.
  package static let oldDecimal = Self(rawValue: 0)
  /// MYSQL_TYPE_TINY
  package static let tiny = Self(rawValue: 1)
  /// MYSQL_TYPE_SHORT
  package static let short = Self(rawValue: 2)
  /// MYSQL_TYPE_LONG: 32 bits.
  package static let long = Self(rawValue: 3)
  /// MYSQL_TYPE_FLOAT
  package static let float = Self(rawValue: 4)
  /// MYSQL_TYPE_DOUBLE
  package static let double = Self(rawValue: 5)
  /// MYSQL_TYPE_NULL
  package static let null = Self(rawValue: 6)
  /// MYSQL_TYPE_TIMESTAMP
  package static let timestamp = Self(rawValue: 7)
  /// MYSQL_TYPE_LONGLONG: 64 bits.
  package static let longLong = Self(rawValue: 8)
  /// MYSQL_TYPE_INT24: 24 bits, sent as 32 in binary.
  package static let int24 = Self(rawValue: 9)
  /// MYSQL_TYPE_DATE
  package static let date = Self(rawValue: 10)
  /// MYSQL_TYPE_TIME
  package static let time = Self(rawValue: 11)
  /// MYSQL_TYPE_DATETIME
  package static let dateTime = Self(rawValue: 12)
  /// MYSQL_TYPE_YEAR
  package static let year = Self(rawValue: 13)
  /// MYSQL_TYPE_NEWDATE
  package static let newDate = Self(rawValue: 14)
  /// MYSQL_TYPE_VARCHAR
  package static let varchar = Self(rawValue: 15)
  /// MYSQL_TYPE_BIT
  package static let bit = Self(rawValue: 16)
  /// MYSQL_TYPE_VECTOR (MySQL 9.0)
  package static let vector = Self(rawValue: 242)
  /// MYSQL_TYPE_JSON (MySQL 5.7.8; MariaDB sends JSON as a string)
  package static let json = Self(rawValue: 245)
  /// MYSQL_TYPE_NEWDECIMAL
  package static let decimal = Self(rawValue: 246)
  /// MYSQL_TYPE_ENUM
  package static let enumeration = Self(rawValue: 247)
  /// MYSQL_TYPE_SET
  package static let set = Self(rawValue: 248)
  /// MYSQL_TYPE_TINY_BLOB
  package static let tinyBlob = Self(rawValue: 249)
  /// MYSQL_TYPE_MEDIUM_BLOB
  package static let mediumBlob = Self(rawValue: 250)
  /// MYSQL_TYPE_LONG_BLOB
  package static let longBlob = Self(rawValue: 251)
  /// MYSQL_TYPE_BLOB
  package static let blob = Self(rawValue: 252)
  /// MYSQL_TYPE_VAR_STRING
  package static let varString = Self(rawValue: 253)
  /// MYSQL_TYPE_STRING
  package static let string = Self(rawValue: 254)
  /// MYSQL_TYPE_GEOMETRY
  package static let geometry = Self(rawValue: 255)
}

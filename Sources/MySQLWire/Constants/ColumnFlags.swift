/// What a column definition says about its column besides the type.
package struct ColumnFlags: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// NOT_NULL_FLAG
  package static let notNull = Self(rawValue: 1 << 0)
  /// PRI_KEY_FLAG
  package static let primaryKey = Self(rawValue: 1 << 1)
  /// UNIQUE_KEY_FLAG
  package static let uniqueKey = Self(rawValue: 1 << 2)
  /// MULTIPLE_KEY_FLAG
  package static let multipleKey = Self(rawValue: 1 << 3)
  /// BLOB_FLAG
  package static let blob = Self(rawValue: 1 << 4)
  /// UNSIGNED_FLAG
  package static let unsigned = Self(rawValue: 1 << 5)
  /// ZEROFILL_FLAG: the text protocol pads the number with zeros.
  package static let zerofill = Self(rawValue: 1 << 6)
  /// BINARY_FLAG. It does not distinguish bytes from text, because a text column with a _bin collation has it
  /// too. The character set 63 does.
  package static let binary = Self(rawValue: 1 << 7)
  /// ENUM_FLAG
  package static let enumeration = Self(rawValue: 1 << 8)
  /// AUTO_INCREMENT_FLAG
  package static let autoIncrement = Self(rawValue: 1 << 9)
  /// TIMESTAMP_FLAG
  package static let timestamp = Self(rawValue: 1 << 10)
  /// SET_FLAG
  package static let set = Self(rawValue: 1 << 11)
  /// NO_DEFAULT_VALUE_FLAG
  package static let noDefault = Self(rawValue: 1 << 12)
  /// ON_UPDATE_NOW_FLAG
  package static let onUpdateNow = Self(rawValue: 1 << 13)
  /// NUM_FLAG (GROUP_FLAG)
  package static let number = Self(rawValue: 1 << 15)
}

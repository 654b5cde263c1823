import MySQLWire

extension MySQLCell {
  /// Returns the error to throw if the cell cannot become a value of a type. It names the column, its SQL
  /// type, the row and the Swift type. The column's index and the row's number count from 0.
  ///
  /// The reason should not quote the cell's value, because errors end up in logs. The library's own reasons do not.
  public func decodingError(as type: Any.Type, _ reason: String) -> MySQLError {
    MySQLError(.decoding, "cannot decode \(location) as \(type): \(reason)", reach: .answered)
  }

  /// Where the cell is, such as `column 'age' (index 2, INT UNSIGNED, row 17)`.
  private var location: String {
    "column '\(column.name)' (index \(columnIndex), \(column.typeName), row \(rowNumber))"
  }

  @usableFromInline
  func nullError(as type: Any.Type) -> MySQLError {
    MySQLError(.decoding, "\(location) is NULL: decode it as Optional<\(type)>", reach: .answered)
  }

  @inline(never)
  func malformedError(as type: Any.Type) -> MySQLError {
    decodingError(as: type, "the server sent \(bytes.count) bytes that are not a valid \(column.typeName)")
  }

  /// Returns the error for a column that never becomes the type, or a number that does not fit. The number is not
  /// quoted: it may be as secret as a text.
  @inline(never)
  func mismatchError(as type: Any.Type) -> MySQLError {
    let advice = "decode it as \(decoder.kind.swiftType)"
    let mayFit = type is any Numeric.Type && decoder.kind.isExactNumber
    return decodingError(as: type, mayFit ? "the number does not fit: \(advice)" : advice)
  }
}

extension ColumnDecoder.Kind {
  fileprivate var isExactNumber: Bool {
    switch self {
    case .integer, .unsigned, .bits, .decimal: true
    default: false
    }
  }

  /// The Swift type that holds every value of such a column.
  fileprivate var swiftType: String {
    switch self {
    case .null: "an Optional"
    case .integer: "Int64"
    case .unsigned, .bits: "UInt64"
    case .float: "Float"
    case .double: "Double"
    case .decimal: "MySQLDecimal"
    case .date: "MySQLDate"
    case .time: "MySQLTime"
    case .dateTime: "MySQLDateTime"
    case .text: "String"
    case .bytes: "[UInt8]"
    case .vector: "[Float]"
    }
  }
}

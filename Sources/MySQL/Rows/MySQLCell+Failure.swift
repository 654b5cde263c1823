import MySQLWire

extension MySQLCell {
  /// Returns the error to throw if the cell cannot become a value of a type. It names the column, its SQL
  /// type, the row and the Swift type. The column's index and the row's number count from 0.
  ///
  /// The reason should not quote the cell's text, because errors end up in logs.
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

  /// Returns the error for a column that never becomes the type, or a number that does not fit.
  @inline(never)
  func mismatchError(as type: Any.Type) -> MySQLError {
    guard type is any Numeric.Type, let number = try? number else {
      return decodingError(as: type, "decode it as \(decoder.kind.swiftType)")
    }
    return decodingError(as: type, "\(number) does not fit")
  }

  private var number: String? {
    get throws(Violation) {
      try read { (content, decoder) throws(Violation) in
        switch try decoder.value(content) {
        case .integer(let value): value.description
        case .unsigned(let value), .bits(let value): value.description
        case .decimal(let value): value.description
        default: nil
        }
      } ?? nil
    }
  }
}

extension ColumnDecoder.Kind {
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

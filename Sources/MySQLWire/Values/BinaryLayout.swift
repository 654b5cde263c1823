/// How a cell that is not NULL lies in a row of the binary protocol.
package enum BinaryLayout: Hashable, Sendable {
  /// That many bytes, with no length before them.
  case fixed(Int)
  /// One byte of length, then the parts of a date or time.
  case temporal
  /// A length-encoded length, then the content.
  case lengthEncoded

  /// A type this library has never heard of is length-encoded: every type added since 5.0 is.
  package init(_ type: ColumnType) {
    self =
      switch type {
      case .null: .fixed(0)
      case .tiny: .fixed(1)
      case .short, .year: .fixed(2)
      case .long, .int24, .float: .fixed(4)
      case .longLong, .double: .fixed(8)
      case .date, .newDate, .time, .dateTime, .timestamp: .temporal
      default: .lengthEncoded
      }
  }
}

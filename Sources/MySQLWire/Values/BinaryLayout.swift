/// The layout of a cell that is not NULL in a row of the binary protocol.
package enum BinaryLayout: Hashable, Sendable {
  /// A fixed number of bytes, without a length before them.
  case fixed(Int)
  /// One byte of length, then the parts of a date or time.
  case temporal
  /// A length-encoded length, then the content.
  case lengthEncoded

  /// Chooses the layout of a type. A type that this library does not know is length-encoded, like every type
  /// added since 5.0.
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

extension RawSpan {
  /// Reads the cell at the position and returns the range of its content.
  @inline(__always)
  package func readBinaryCell(
    _ layout: BinaryLayout, at position: inout Int
  ) throws(Violation) -> Range<Int> {
    switch layout {
    case .fixed(let size): return try readRange(size, at: &position)
    case .temporal: return try readRange(Int(readUInt8(at: &position)), at: &position)
    case .lengthEncoded: return try readLengthEncodedRange(at: &position)
    }
  }
}

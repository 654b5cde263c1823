/// A decoder that turns the cells of one column into values. It is chosen once, from the column's definition;
/// a cell then costs one switch.
///
/// A cell is exactly the content, without a length before it, and is never NULL. Content that the protocol
/// does not allow throws a ``Violation``, whatever the bytes.
package struct ColumnDecoder: Hashable, Sendable {
  /// The kind of values in a column, named like the cases of ``Value``.
  package enum Kind: Hashable, Sendable {
    case null, integer, unsigned, float, double, decimal, date, time, dateTime, bits, text, bytes, vector
  }

  /// The encoding of the values in the cells.
  enum Encoding: UInt8, Sendable {
    case null
    case textInteger, int8, int16, int32, int64
    case textUnsigned, uint8, uint16, uint32, uint64, year
    case textFloat, binaryFloat
    case textDouble, binaryDouble
    case decimal
    case textDate, binaryDate
    case textTime, binaryTime
    case textDateTime, binaryDateTime
    case bits
    case text
    case bytes
    case vector
  }

  package let kind: Kind
  let encoding: Encoding

  package init(type: ColumnType, flags: ColumnFlags, collation: Collation, format: Format) {
    kind = Kind(type, isUnsigned: flags.contains(.unsigned), isBinary: collation == .binary)
    encoding = format == .text ? kind.textEncoding : kind.binaryEncoding(type)
  }

  package func value(_ cell: RawSpan) throws(Violation) -> Value {
    switch encoding {
    case .null:
      // A column of this type holds only NULL, which is not passed to this method.
      throw .malformed(.null)
    case .textInteger, .int8, .int16, .int32, .int64: .integer(try signedCell(cell))
    case .textUnsigned, .uint8, .uint16, .uint32, .uint64, .year: .unsigned(try unsignedCell(cell))
    case .textFloat: .float(try cell.textFloat())
    case .binaryFloat: .float(try cell.binaryFloat())
    case .textDouble: .double(try cell.textDouble())
    case .binaryDouble: .double(try cell.binaryDouble())
    case .decimal: .decimal(try Decimal(text: cell))
    case .textDate: .date(try cell.textDate())
    case .binaryDate: .date(try cell.binaryDate())
    case .textTime: .time(try cell.textTime())
    case .binaryTime: .time(try cell.binaryTime())
    case .textDateTime: .dateTime(try cell.textDateTime())
    case .binaryDateTime: .dateTime(try cell.binaryDateTime())
    case .bits: .bits(try cell.bits())
    case .text: .text(cell.string(in: 0..<cell.byteCount))
    case .bytes: .bytes(cell.bytes(in: 0..<cell.byteCount))
    case .vector: .vector(try cell.vector())
    }
  }
}

extension ColumnDecoder.Kind {
  // For types that can hold both, the character set distinguishes bytes from text. The BINARY flag does not: it is
  // also set for text with a _bin collation. JSON is utf8mb4 text, although MySQL calls its character set binary.
  fileprivate init(_ type: ColumnType, isUnsigned: Bool, isBinary: Bool) {
    self =
      switch type {
      case .null: .null
      case .tiny, .short, .int24, .long, .longLong: isUnsigned ? .unsigned : .integer
      case .year: .unsigned
      case .float: .float
      case .double: .double
      case .decimal, .oldDecimal: .decimal
      case .date, .newDate: .date
      case .time: .time
      case .dateTime, .timestamp: .dateTime
      case .bit: .bits
      case .json: .text
      case .geometry: .bytes
      case .vector: .vector
      default: isBinary ? .bytes : .text
      }
  }

  fileprivate var textEncoding: ColumnDecoder.Encoding {
    switch self {
    case .null: .null
    case .integer: .textInteger
    case .unsigned: .textUnsigned
    case .float: .textFloat
    case .double: .textDouble
    case .decimal: .decimal
    case .date: .textDate
    case .time: .textTime
    case .dateTime: .textDateTime
    case .bits: .bits
    case .text: .text
    case .bytes: .bytes
    case .vector: .vector
    }
  }

  fileprivate func binaryEncoding(_ type: ColumnType) -> ColumnDecoder.Encoding {
    switch (self, type) {
    case (.integer, .tiny): .int8
    case (.integer, .short): .int16
    case (.integer, .longLong): .int64
    case (.integer, _): .int32
    case (.unsigned, .tiny): .uint8
    case (.unsigned, .short): .uint16
    case (.unsigned, .longLong): .uint64
    case (.unsigned, .year): .year
    case (.unsigned, _): .uint32
    case (.float, _): .binaryFloat
    case (.double, _): .binaryDouble
    case (.date, _): .binaryDate
    case (.time, _): .binaryTime
    case (.dateTime, _): .binaryDateTime
    default: textEncoding
    }
  }
}

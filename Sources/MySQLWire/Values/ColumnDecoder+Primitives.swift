// Reads cells without creating a ``Value``, for callers that know which type they want. Each method returns
// nil if the column is of another kind or the number does not fit: that is not the peer's fault, and the
// caller knows which column to name. The peer's faults throw.
extension ColumnDecoder {
  /// Reads an integer column or a BIT.
  @inline(__always)
  package func int64(_ cell: RawSpan) throws(Violation) -> Int64? {
    switch kind {
    case .integer: try signedCell(cell)
    case .unsigned: Int64(exactly: try unsignedCell(cell))
    case .bits: Int64(exactly: try cell.bits())
    default: nil
    }
  }

  /// Reads an integer column or a BIT.
  @inline(__always)
  package func uint64(_ cell: RawSpan) throws(Violation) -> UInt64? {
    switch kind {
    case .integer: UInt64(exactly: try signedCell(cell))
    case .unsigned: try unsignedCell(cell)
    case .bits: try cell.bits()
    default: nil
    }
  }

  /// Reads a DOUBLE, or a FLOAT, which a Double holds exactly.
  @inline(__always)
  package func double(_ cell: RawSpan) throws(Violation) -> Double? {
    switch encoding {
    case .textDouble: try cell.textDouble()
    case .binaryDouble: try cell.binaryDouble()
    case .textFloat: Double(try cell.textFloat())
    case .binaryFloat: Double(try cell.binaryFloat())
    default: nil
    }
  }

  /// Reads a FLOAT.
  @inline(__always)
  package func float(_ cell: RawSpan) throws(Violation) -> Float? {
    switch encoding {
    case .textFloat: try cell.textFloat()
    case .binaryFloat: try cell.binaryFloat()
    default: nil
    }
  }

  /// Reads a DECIMAL, or an integer column.
  @inline(__always)
  package func decimal(_ cell: RawSpan) throws(Violation) -> Decimal? {
    switch kind {
    case .decimal: try Decimal(text: cell)
    case .integer: Decimal(try signedCell(cell))
    case .unsigned: Decimal(try unsignedCell(cell))
    default: nil
    }
  }

  /// Reads a DATE.
  @inline(__always)
  package func date(_ cell: RawSpan) throws(Violation) -> CivilDate? {
    switch encoding {
    case .textDate: try cell.textDate()
    case .binaryDate: try cell.binaryDate()
    default: nil
    }
  }

  /// Reads a TIME.
  @inline(__always)
  package func time(_ cell: RawSpan) throws(Violation) -> CivilTime? {
    switch encoding {
    case .textTime: try cell.textTime()
    case .binaryTime: try cell.binaryTime()
    default: nil
    }
  }

  /// Reads a DATETIME or TIMESTAMP.
  @inline(__always)
  package func dateTime(_ cell: RawSpan) throws(Violation) -> CivilDateTime? {
    switch encoding {
    case .textDateTime: try cell.textDateTime()
    case .binaryDateTime: try cell.binaryDateTime()
    default: nil
    }
  }

  /// Reads text. Bytes that are not UTF-8 are replaced by U+FFFD; ``bytes(_:)`` returns the original bytes.
  @inline(__always)
  package func string(_ cell: RawSpan) throws(Violation) -> String? {
    encoding == .text ? cell.string(in: 0..<cell.byteCount) : nil
  }

  /// Reads bytes, or the exact bytes of a text, BIT or VECTOR.
  @inline(__always)
  package func bytes(_ cell: RawSpan) throws(Violation) -> [UInt8]? {
    switch kind {
    case .bytes, .text, .bits, .vector: cell.bytes(in: 0..<cell.byteCount)
    default: nil
    }
  }

  /// Reads a VECTOR.
  @inline(__always)
  package func vector(_ cell: RawSpan) throws(Violation) -> [Float]? {
    encoding == .vector ? try cell.vector() : nil
  }

  @inline(__always)
  func signedCell(_ cell: RawSpan) throws(Violation) -> Int64 {
    switch encoding {
    case .textInteger: try cell.textInt64()
    case .int8: Int64(try cell.binaryInteger(Int8.self))
    case .int16: Int64(try cell.binaryInteger(Int16.self))
    case .int32: Int64(try cell.binaryInteger(Int32.self))
    case .int64: try cell.binaryInteger(Int64.self)
    default: throw .malformed(.integer)
    }
  }

  @inline(__always)
  func unsignedCell(_ cell: RawSpan) throws(Violation) -> UInt64 {
    switch encoding {
    case .textUnsigned: try cell.textUInt64()
    case .uint8: UInt64(try cell.binaryInteger(UInt8.self))
    case .uint16: UInt64(try cell.binaryInteger(UInt16.self))
    case .uint32: UInt64(try cell.binaryInteger(UInt32.self))
    case .uint64: try cell.binaryInteger(UInt64.self)
    case .year: UInt64(try cell.binaryYear())
    default: throw .malformed(.integer)
    }
  }
}

// Length-encoded integers: one byte below 0xFB, otherwise a marker and two, three or eight bytes. 0xFB means
// NULL in a row (and LOCAL INFILE in a response). 0xFF never begins a length-encoded integer.
extension RawSpan {
  package static var nullMarker: UInt8 { 0xFB }

  @inline(__always)
  package func readLengthEncoded(at position: inout Int) throws(Violation) -> UInt64 {
    let first = try readUInt8(at: &position)
    if first < Self.nullMarker { return UInt64(first) }
    return try readLongLengthEncoded(marker: first, at: &position)
  }

  @inline(never)
  private func readLongLengthEncoded(marker: UInt8, at position: inout Int) throws(Violation) -> UInt64 {
    switch marker {
    case 0xFC: UInt64(try readInteger(UInt16.self, at: &position))
    case 0xFD: UInt64(try readUInt24(at: &position))
    case 0xFE: try readInteger(UInt64.self, at: &position)
    default: throw .malformed(.lengthEncodedInteger)
    }
  }

  /// Reads a length and returns the range of the bytes that follow it.
  @inline(__always)
  package func readLengthEncodedRange(at position: inout Int) throws(Violation) -> Range<Int> {
    let length = try readLengthEncoded(at: &position)
    guard length <= UInt64(byteCount - position) else { throw .truncated }
    return try readRange(Int(truncatingIfNeeded: length), at: &position)
  }

  package func readLengthEncodedBytes(at position: inout Int) throws(Violation) -> [UInt8] {
    bytes(in: try readLengthEncodedRange(at: &position))
  }

  package func readLengthEncodedString(at position: inout Int) throws(Violation) -> String {
    string(in: try readLengthEncodedRange(at: &position))
  }
}

extension ByteWriter {
  package mutating func writeLengthEncoded(span: RawSpan) {
    writeLengthEncoded(span.byteCount)
    span.withUnsafeBytes { write(buffer: $0) }
  }

  package mutating func writeLengthEncoded(_ value: Int) {
    precondition(value >= 0)
    writeLengthEncoded(UInt64(value))
  }

  package mutating func writeLengthEncoded(_ value: UInt64) {
    switch value {
    case ..<0xFB:
      writeUInt8(UInt8(truncatingIfNeeded: value))
    case ..<0x1_0000:
      writeUInt8(0xFC)
      writeInteger(UInt16(truncatingIfNeeded: value))
    case ..<0x100_0000:
      writeUInt8(0xFD)
      writeUInt24(UInt32(truncatingIfNeeded: value))
    default:
      writeUInt8(0xFE)
      writeInteger(value)
    }
  }

  /// Writes the number of bytes, then the bytes.
  package mutating func writeLengthEncoded(bytes: some Collection<UInt8>) {
    writeLengthEncoded(bytes.count)
    write(bytes)
  }
}

// Cells of the binary protocol, without the length before them; also BIT and VECTOR, whose cells are the same
// in the text protocol.
extension RawSpan {
  /// Reads an integer that fills the cell.
  @inline(__always)
  func binaryInteger<I: FixedWidthInteger & BitwiseCopyable>(_ type: I.Type) throws(Violation) -> I {
    guard byteCount == MemoryLayout<I>.size else { throw .malformed(.integer) }
    return I(littleEndian: unsafeLoadUnaligned(fromByteOffset: 0, as: I.self))
  }

  /// Reads the year of a YEAR column.
  @inline(__always)
  func binaryYear() throws(Violation) -> UInt16 {
    guard byteCount == 2 else { throw .malformed(.year) }
    return UInt16(littleEndian: unsafeLoadUnaligned(fromByteOffset: 0, as: UInt16.self))
  }

  @inline(__always)
  func binaryFloat() throws(Violation) -> Float {
    guard byteCount == 4 else { throw .malformed(.float) }
    return float(at: 0)
  }

  /// Reads a DOUBLE. It may be infinite, as is a SUM that overflows (MySQL 9.7, MariaDB 10.11; in the text
  /// protocol it is 0).
  @inline(__always)
  func binaryDouble() throws(Violation) -> Double {
    guard byteCount == 8 else { throw .malformed(.double) }
    return Double(bitPattern: word(at: 0))
  }

  /// Reads a DATE: no bytes (0000-00-00) or four.
  @inline(__always)
  func binaryDate() throws(Violation) -> CivilDate {
    if byteCount == 0 { return .zero }
    guard byteCount == 4, let date = binaryDatePart() else { throw .malformed(.date) }
    return date
  }

  /// Reads a DATETIME: no bytes (all zero), four (midnight), seven (whole seconds) or eleven.
  @inline(__always)
  func binaryDateTime() throws(Violation) -> CivilDateTime {
    if byteCount == 0 { return .zero }
    guard byteCount == 4 || byteCount == 7 || byteCount == 11, let date = binaryDatePart() else {
      throw .malformed(.dateTime)
    }
    var hour: UInt8 = 0
    var minute: UInt8 = 0
    var second: UInt8 = 0
    var microsecond: UInt32 = 0
    if byteCount >= 7 {
      hour = byte(at: 4)
      minute = byte(at: 5)
      second = byte(at: 6)
    }
    if byteCount == 11 {
      microsecond = halfWord(at: 7)
    }
    guard hour <= 23, minute <= 59, second <= 59, microsecond <= 999_999 else { throw .malformed(.dateTime) }
    return CivilDateTime(
      uncheckedDate: date, hour: hour, minute: minute, second: second, microsecond: microsecond)
  }

  /// Reads a TIME: no bytes (00:00:00), eight (whole seconds) or twelve. The parts are a sign, days, hours,
  /// minutes and so on.
  @inline(__always)
  func binaryTime() throws(Violation) -> CivilTime {
    if byteCount == 0 { return .zero }
    guard byteCount == 8 || byteCount == 12 else { throw .malformed(.time) }
    let days = halfWord(at: 1)
    let minutes = byte(at: 6)
    let seconds = byte(at: 7)
    let microseconds = byteCount == 12 ? halfWord(at: 8) : 0
    guard byte(at: 0) <= 1, days <= 34 else { throw .malformed(.time) }
    let hours = UInt16(truncatingIfNeeded: days) &* 24 &+ UInt16(byte(at: 5))
    guard hours <= 838, minutes <= 59, seconds <= 59, microseconds <= 999_999 else {
      throw .malformed(.time)
    }
    return CivilTime(
      uncheckedNegative: byte(at: 0) == 1, hours: hours, minutes: minutes, seconds: seconds,
      microseconds: microseconds)
  }

  /// Reads the one to eight bytes of a BIT, the most significant first.
  @inline(__always)
  func bits() throws(Violation) -> UInt64 {
    guard 1...8 ~= byteCount else { throw .malformed(.bit) }
    var value: UInt64 = 0
    for offset in 0..<byteCount {
      value = value << 8 | UInt64(byte(at: offset))
    }
    return value
  }

  /// Reads any number of little-endian floats.
  func vector() throws(Violation) -> [Float] {
    guard byteCount % 4 == 0 else { throw .malformed(.vector) }
    return (0..<byteCount / 4).map { float(at: $0 * 4) }
  }

  @inline(__always)
  private func binaryDatePart() -> CivilDate? {
    let word = halfWord(at: 0)
    let year = UInt16(truncatingIfNeeded: word)
    let month = UInt8(truncatingIfNeeded: word >> 16)
    let day = UInt8(truncatingIfNeeded: word >> 24)
    guard year <= 9999, month <= 12, day <= 31 else { return nil }
    return CivilDate(uncheckedYear: year, month: month, day: day)
  }

  @inline(__always)
  private func halfWord(at offset: Int) -> UInt32 {
    UInt32(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  @inline(__always)
  private func float(at offset: Int) -> Float {
    Float(bitPattern: halfWord(at: offset))
  }
}

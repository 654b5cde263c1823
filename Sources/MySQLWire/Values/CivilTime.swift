/// A TIME: a span between -838:59:59.999999 and 838:59:59.999999.
package struct CivilTime: Hashable, Sendable {
  /// Whether the span is negative. Never true for zero: in the text protocol a server may send -00:00:00, but
  /// the binary protocol does not send the sign of zero.
  package let isNegative: Bool
  /// 0...838
  package let hours: UInt16
  /// 0...59
  package let minutes: UInt8
  /// 0...59
  package let seconds: UInt8
  /// 0...999_999
  package let microseconds: UInt32

  /// 00:00:00
  package static let zero = Self(uncheckedNegative: false, hours: 0, minutes: 0, seconds: 0, microseconds: 0)
  /// The largest TIME that a server stores.
  package static let maximum = Self(
    uncheckedNegative: false, hours: 838, minutes: 59, seconds: 59, microseconds: 999_999)

  package init?(isNegative: Bool = false, hours: Int, minutes: Int, seconds: Int, microseconds: Int = 0) {
    guard 0...838 ~= hours, 0...59 ~= minutes, 0...59 ~= seconds, 0...999_999 ~= microseconds else {
      return nil
    }
    self.init(
      uncheckedNegative: isNegative, hours: UInt16(hours), minutes: UInt8(minutes), seconds: UInt8(seconds),
      microseconds: UInt32(microseconds))
  }

  @inline(__always)
  init(uncheckedNegative: Bool, hours: UInt16, minutes: UInt8, seconds: UInt8, microseconds: UInt32) {
    let isZero = hours == 0 && minutes == 0 && seconds == 0 && microseconds == 0
    self.isNegative = uncheckedNegative && !isZero
    self.hours = hours
    self.minutes = minutes
    self.seconds = seconds
    self.microseconds = microseconds
  }

  /// The whole span in microseconds.
  package var totalMicroseconds: Int64 {
    let wholeSeconds = (Int64(hours) * 60 + Int64(minutes)) * 60 + Int64(seconds)
    let magnitude = wholeSeconds * 1_000_000 + Int64(microseconds)
    return isNegative ? -magnitude : magnitude
  }

  /// Writes the value as a TIME(fractionDigits). Further digits are cut off.
  package func write(to writer: inout ByteWriter, fractionDigits: Int) {
    if isNegative { writer.writeUInt8(UInt8(ascii: "-")) }
    writer.writeClock(UInt32(hours), minutes, seconds)
    writer.writeFraction(microseconds, digits: fractionDigits)
  }
}

extension CivilTime: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    left.totalMicroseconds < right.totalMicroseconds
  }
}

extension CivilTime: CustomStringConvertible {
  /// The text of the value. It has a fraction, of six digits, only if the fraction is not zero.
  package var description: String {
    String { write(to: &$0, fractionDigits: microseconds == 0 ? 0 : 6) }
  }
}

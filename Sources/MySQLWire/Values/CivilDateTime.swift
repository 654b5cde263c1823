/// A DATETIME or TIMESTAMP as the server gave it, with no time zone.
package struct CivilDateTime: Hashable, Sendable {
  package let date: CivilDate
  /// 0...23
  package let hour: UInt8
  /// 0...59
  package let minute: UInt8
  /// 0...59: the server shows a leap second as 59.
  package let second: UInt8
  /// 0...999_999
  package let microsecond: UInt32

  /// 0000-00-00 00:00:00
  package static let zero = Self(uncheckedDate: .zero, hour: 0, minute: 0, second: 0, microsecond: 0)

  package init?(date: CivilDate, hour: Int, minute: Int, second: Int, microsecond: Int = 0) {
    guard 0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second, 0...999_999 ~= microsecond else { return nil }
    self.init(
      uncheckedDate: date, hour: UInt8(hour), minute: UInt8(minute), second: UInt8(second),
      microsecond: UInt32(microsecond))
  }

  @inline(__always)
  init(uncheckedDate date: CivilDate, hour: UInt8, minute: UInt8, second: UInt8, microsecond: UInt32) {
    self.date = date
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
  }

  /// Writes the value as a DATETIME(fractionDigits). Further digits are cut off.
  package func write(to writer: inout ByteWriter, fractionDigits: Int) {
    date.write(to: &writer)
    writer.writeUInt8(UInt8(ascii: " "))
    writer.writeClock(UInt32(hour), minute, second)
    writer.writeFraction(microsecond, digits: fractionDigits)
  }
}

extension CivilDateTime: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    if left.date != right.date { return left.date < right.date }
    return (left.hour, left.minute, left.second, left.microsecond)
      < (right.hour, right.minute, right.second, right.microsecond)
  }
}

extension CivilDateTime: CustomStringConvertible {
  /// The text of the value. It has a fraction, of six digits, only if the fraction is not zero.
  package var description: String {
    String { write(to: &$0, fractionDigits: microsecond == 0 ? 0 : 6) }
  }
}

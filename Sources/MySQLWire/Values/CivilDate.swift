/// A DATE as the server stores it, not checked against a calendar: 0000-00-00, 2024-02-00 and (under
/// ALLOW_INVALID_DATES) 2024-02-31 are all dates here.
package struct CivilDate: Hashable, Sendable {
  /// 0...9999
  package let year: UInt16
  /// 0...12
  package let month: UInt8
  /// 0...31
  package let day: UInt8

  /// 0000-00-00
  package static let zero = Self(uncheckedYear: 0, month: 0, day: 0)

  package init?(year: Int, month: Int, day: Int) {
    guard 0...9999 ~= year, 0...12 ~= month, 0...31 ~= day else { return nil }
    self.init(uncheckedYear: UInt16(year), month: UInt8(month), day: UInt8(day))
  }

  @inline(__always)
  init(uncheckedYear year: UInt16, month: UInt8, day: UInt8) {
    self.year = year
    self.month = month
    self.day = day
  }

  package func write(to writer: inout ByteWriter) {
    writer.writeDigits(UInt32(year), width: 4)
    writer.writeUInt8(UInt8(ascii: "-"))
    writer.writeDigits(UInt32(month), width: 2)
    writer.writeUInt8(UInt8(ascii: "-"))
    writer.writeDigits(UInt32(day), width: 2)
  }
}

extension CivilDate: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CivilDate: CustomStringConvertible {
  package var description: String {
    String { write(to: &$0) }
  }
}

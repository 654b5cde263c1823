import MySQLWire

/// A DATETIME, or a TIMESTAMP in the time zone of the session: year, month, day and a time of that day to the
/// microsecond, with no time zone. As on the server, it may be zero or a date that is not in the calendar.
public struct MySQLDateTime: Hashable, Sendable {
  let storage: CivilDateTime

  init(_ storage: CivilDateTime) { self.storage = storage }

  /// Makes a date and time, or nil if a part lies outside of what the server stores: hours up to 23, minutes
  /// and seconds up to 59, microseconds up to 999999.
  public init?(_ date: MySQLDate, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0) {
    guard
      let storage = CivilDateTime(
        date: date.storage, hour: hour, minute: minute, second: second, microsecond: microsecond)
    else { return nil }
    self.storage = storage
  }

  /// 0000-00-00 00:00:00
  public static let zero = Self(CivilDateTime.zero)

  /// The day.
  public var date: MySQLDate { MySQLDate(storage.date) }
  /// 0 to 23.
  public var hour: Int { Int(storage.hour) }
  /// 0 to 59.
  public var minute: Int { Int(storage.minute) }
  /// 0 to 59.
  public var second: Int { Int(storage.second) }
  /// 0 to 999999.
  public var microsecond: Int { Int(storage.microsecond) }
}

extension MySQLDateTime: Comparable {
  /// Whether the first is the earlier one.
  public static func < (left: Self, right: Self) -> Bool { left.storage < right.storage }
}

extension MySQLDateTime: LosslessStringConvertible {
  /// Reads `2026-07-01 12:34:56`, with a fraction of one to six digits if there is one; also with a `T` in
  /// the middle. Nil for everything else, including text with a time zone.
  public init?(_ description: String) {
    var text = Array(description.utf8)
    if text.count > 10, text[10] == UInt8(ascii: "T") { text[10] = UInt8(ascii: " ") }
    guard let storage = try? Self.decoder.dateTime(text.span.bytes) else { return nil }
    self.storage = storage
  }

  private static let decoder = ColumnDecoder(type: .dateTime, flags: [], collation: .binary, format: .text)

  /// As the server prints it. The fraction is shown, with six digits, only if there is one.
  public var description: String { storage.description }
}

extension MySQLDateTime: Codable {
  /// Reads the text.
  public init(from decoder: any Decoder) throws { self = try decoder.parseText() }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Decoder {
  /// Reads a value that is stored as its text.
  func parseText<Value: LosslessStringConvertible>(_ type: Value.Type = Value.self) throws -> Value {
    let container = try singleValueContainer()
    guard let value = Value(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "the text is not a valid \(type)")
    }
    return value
  }
}

import MySQLWire

/// A DATE as the server stores it: year, month and day, with no time zone and without a calendar. 0000-00-00,
/// 2024-02-00 and 2024-02-31 are dates here, because they may be in a table.
public struct MySQLDate: Hashable, Sendable {
  let storage: CivilDate

  init(_ storage: CivilDate) { self.storage = storage }

  /// Makes a date, or nil if a part lies outside of what the server stores: years up to 9999, months up to 12
  /// and days up to 31, each from 0. Whether the calendar has such a day is not checked; `isInCalendar` tells.
  public init?(year: Int, month: Int, day: Int) {
    guard let storage = CivilDate(year: year, month: month, day: day) else { return nil }
    self.storage = storage
  }

  /// 0000-00-00
  public static let zero = Self(CivilDate.zero)

  /// 0 to 9999.
  public var year: Int { Int(storage.year) }
  /// 0 to 12.
  public var month: Int { Int(storage.month) }
  /// 0 to 31.
  public var day: Int { Int(storage.day) }

  /// Whether the Gregorian calendar has the day: it is not zero, partial or, say, a 31st of February.
  public var isInCalendar: Bool {
    1...12 ~= month && day >= 1 && day <= GregorianCalendar.days(inMonth: month, of: year)
  }
}

extension MySQLDate: Comparable {
  /// Whether the first is the earlier one.
  public static func < (left: Self, right: Self) -> Bool { left.storage < right.storage }
}

extension MySQLDate: LosslessStringConvertible {
  /// Reads `2026-07-01`; nil for everything else.
  public init?(_ description: String) {
    guard let storage = try? Self.decoder.date(Array(description.utf8).span.bytes) else { return nil }
    self.storage = storage
  }

  private static let decoder = ColumnDecoder(type: .date, flags: [], collation: .binary, format: .text)

  /// As the server prints it.
  public var description: String { storage.description }
}

extension MySQLDate: Codable {
  /// Reads the text.
  public init(from decoder: any Decoder) throws { self = try decoder.parseText() }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

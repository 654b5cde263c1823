public import Foundation

extension MySQLDate {
  /// Year, month and day. Calendars refuse those of a zero or partial date.
  public var dateComponents: DateComponents {
    DateComponents(year: year, month: month, day: day)
  }

  /// Makes a date, or nil if year, month or day is missing or outside of what the server stores.
  public init?(_ components: DateComponents) {
    guard let year = components.year, let month = components.month, let day = components.day else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }
}

extension MySQLDateTime {
  /// All parts, with the microseconds as nanoseconds.
  public var dateComponents: DateComponents {
    var components = date.dateComponents
    components.hour = hour
    components.minute = minute
    components.second = second
    components.nanosecond = microsecond * 1000
    return components
  }

  /// Makes a date and time, or nil if year, month or day is missing or a part is outside of what the server
  /// stores. Other missing parts are 0, and anything finer than a microsecond is cut off.
  public init?(_ components: DateComponents) {
    guard let date = MySQLDate(components) else { return nil }
    self.init(
      date, hour: components.hour ?? 0, minute: components.minute ?? 0, second: components.second ?? 0,
      microsecond: (components.nanosecond ?? 0) / 1000)
  }
}

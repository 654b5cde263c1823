public import Foundation

// A Date is a moment, and a DATETIME is what a clock on some wall shows. Only a time zone connects the two,
// and the server does not say which. So there is no conversion without one.

extension Date {
  /// Makes the moment at which clocks in a time zone show a date and time. If they show it twice, as when
  /// summer time ends, it is the first of the two moments.
  ///
  /// Nil if they never show it: the date is zero, partial or not in the calendar, or summer time skips the
  /// hour. A Date is a Double: microseconds are exact from 1865 to 2137.
  public init?(_ dateTime: MySQLDateTime, in timeZone: TimeZone) {
    let date = dateTime.date
    guard date.isInCalendar else { return nil }
    let days = GregorianCalendar.days(toYear: date.year, month: date.month, day: date.day)
    let clock = ((days * 24 + dateTime.hour) * 60 + dateTime.minute) * 60 + dateTime.second
    guard let seconds = timeZone.seconds(ofClock: clock) else { return nil }
    self.init(
      timeIntervalSinceReferenceDate: Double(seconds - Self.secondsToReference)
        + Double(dateTime.microsecond) / 1_000_000)
  }

  /// Makes the moment at which a day begins in a time zone. Nil in the same cases as for a date and time at
  /// midnight.
  public init?(_ date: MySQLDate, in timeZone: TimeZone) {
    guard let midnight = MySQLDateTime(date) else { return nil }
    self.init(midnight, in: timeZone)
  }

  fileprivate static var secondsToReference: Int { 978_307_200 }
}

extension MySQLDateTime {
  /// Makes what clocks in a time zone show at a moment, to the nearest microsecond. Nil outside the years 0
  /// to 9999.
  public init?(_ date: Date, in timeZone: TimeZone) {
    let interval = date.timeIntervalSinceReferenceDate
    guard interval.magnitude < 1e12 else { return nil }
    let offset = timeZone.secondsFromGMT(for: date)
    let whole = interval.rounded(.down)
    let microseconds = Int(((interval - whole) * 1_000_000).rounded())
    let clock = Int(whole) + microseconds / 1_000_000 + Date.secondsToReference + offset
    let (days, second) = GregorianCalendar.floorDivide(clock, by: 86_400)
    let day = GregorianCalendar.day(after: days)
    guard let date = MySQLDate(year: day.year, month: day.month, day: day.day) else { return nil }
    self.init(
      date, hour: second / 3600, minute: second / 60 % 60, second: second % 60,
      microsecond: microseconds % 1_000_000)
  }
}

extension MySQLDate {
  /// Makes the day that it is in a time zone at a moment. Nil outside the years 0 to 9999.
  public init?(_ date: Date, in timeZone: TimeZone) {
    guard let dateTime = MySQLDateTime(date, in: timeZone) else { return nil }
    self = dateTime.date
  }
}

extension TimeZone {
  /// Returns the seconds since 1970 at which clocks here show what clocks in Greenwich show `clock` seconds
  /// after 1970 began.
  fileprivate func seconds(ofClock clock: Int) -> Int? {
    func offset(at seconds: Int) -> Int {
      secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }
    // The offset is one of those that apply a day earlier and a day later; the larger one gives the earlier
    // moment.
    let offsets = [offset(at: clock - 86_400), offset(at: clock + 86_400)].sorted(by: >)
    return offsets.lazy.map { clock - $0 }.first { $0 + offset(at: $0) == clock }
  }
}

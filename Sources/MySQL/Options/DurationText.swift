/// Durations as options write them: a whole number and a unit, such as `10s` or `500ms`.
enum DurationText {
  private static let units: [(name: String, length: Duration)] = [
    ("h", .seconds(3600)), ("m", .seconds(60)), ("s", .seconds(1)), ("ms", .milliseconds(1)),
    ("us", .microseconds(1)), ("ns", .nanoseconds(1)),
  ]

  /// Reads a duration. Returns nil for any other text, and for numbers of more than ten digits.
  ///
  /// - Parameter bareUnit: The unit of a number without one; nil refuses such a number.
  static func parse(_ text: String, bareUnit: Duration? = nil) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard digits.count <= 10, let count = Int64(digits) else { return nil }
    let unit = text.dropFirst(digits.count).lowercased()
    guard let length = unit.isEmpty ? bareUnit : units.first(where: { $0.name == unit })?.length else {
      return nil
    }
    return length * count
  }

  /// Writes a duration in the largest unit that leaves a whole number. Anything below a nanosecond is lost.
  static func print(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let nanoseconds = attoseconds / 1_000_000_000
    if nanoseconds == 0 {
      if seconds != 0, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
      if seconds != 0, seconds % 60 == 0 { return "\(seconds / 60)m" }
      return "\(seconds)s"
    }
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflows) = whole.addingReportingOverflow(nanoseconds)
    // Only for durations of centuries, which no option may have.
    if overflow || overflows { return "\(seconds)s" }
    if sum % 1_000_000 == 0 { return "\(sum / 1_000_000)ms" }
    return sum % 1000 == 0 ? "\(sum / 1000)us" : "\(sum)ns"
  }
}

import MySQLWire

/// A TIME: a positive or negative span of up to 838:59:59.999999, which may also stand for a time of day.
public struct MySQLTime: Hashable, Sendable {
  let storage: CivilTime

  init(_ storage: CivilTime) { self.storage = storage }

  /// Makes a span, or nil if a part lies outside of what the server stores: hours up to 838, minutes and
  /// seconds up to 59, microseconds up to 999999. Zero has no sign.
  public init?(isNegative: Bool = false, hours: Int, minutes: Int, seconds: Int, microseconds: Int = 0) {
    guard
      let storage = CivilTime(
        isNegative: isNegative, hours: hours, minutes: minutes, seconds: seconds, microseconds: microseconds)
    else { return nil }
    self.storage = storage
  }

  /// 00:00:00
  public static let zero = Self(CivilTime.zero)

  /// Whether the span is below zero. The parts themselves have no sign.
  public var isNegative: Bool { storage.isNegative }
  /// 0 to 838.
  public var hours: Int { Int(storage.hours) }
  /// 0 to 59.
  public var minutes: Int { Int(storage.minutes) }
  /// 0 to 59.
  public var seconds: Int { Int(storage.seconds) }
  /// 0 to 999999.
  public var microseconds: Int { Int(storage.microseconds) }
}

extension MySQLTime: Comparable {
  /// Whether the first span is the smaller one, taking its sign into account.
  public static func < (left: Self, right: Self) -> Bool { left.storage < right.storage }
}

extension MySQLTime: LosslessStringConvertible {
  /// Reads `-838:59:59.999999`: a sign, two or three digits of hours, and one to six of a fraction if there is
  /// one. Nil for everything else.
  public init?(_ description: String) {
    guard let storage = try? Self.decoder.time(Array(description.utf8).span.bytes) else { return nil }
    self.storage = storage
  }

  private static let decoder = ColumnDecoder(type: .time, flags: [], collation: .binary, format: .text)

  /// As the server prints it. The fraction is shown, with six digits, only if there is one.
  public var description: String { storage.description }
}

extension MySQLTime: Codable {
  /// Reads the text.
  public init(from decoder: any Decoder) throws { self = try decoder.parseText() }

  /// Writes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension MySQLTime {
  /// The exact span as a Duration.
  public var duration: Duration { .microseconds(storage.totalMicroseconds) }

  /// Makes a span from a Duration, or nil if it lies beyond 838:59:59.999999. Anything finer than a
  /// microsecond is cut off.
  public init?(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    guard seconds.magnitude <= 838 * 3600 + 3599 else { return nil }
    let magnitude = Int(seconds.magnitude)
    self.init(
      isNegative: seconds < 0 || attoseconds < 0, hours: magnitude / 3600, minutes: magnitude / 60 % 60,
      seconds: magnitude % 60, microseconds: Int(attoseconds.magnitude / 1_000_000_000_000))
  }
}

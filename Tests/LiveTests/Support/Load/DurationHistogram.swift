/// How often durations of each size occurred, to within an eighth. However many there are, it takes 4 KiB.
final class DurationHistogram: Sendable {
  private let counts = Locked([Int](repeating: 0, count: 512))

  func add(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let microseconds = max(0, seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    let bucket = Self.bucket(of: UInt64(microseconds))
    counts.withLock { $0[bucket] += 1 }
  }

  /// Returns a duration that a share of all durations do not exceed.
  func quantile(_ share: Double) -> Duration {
    let counts = counts.withLock { $0 }
    let rank = Int((Double(counts.reduce(0, +)) * share).rounded(.up))
    var sum = 0
    for (bucket, count) in counts.enumerated() {
      sum += count
      if sum >= rank { return .microseconds(Self.end(of: bucket)) }
    }
    return .zero
  }

  /// The first eight buckets have one microsecond each, and the others an eighth of a power of two.
  private static func bucket(of microseconds: UInt64) -> Int {
    guard microseconds >= 8 else { return Int(microseconds) }
    let exponent = 63 - microseconds.leadingZeroBitCount
    return (exponent - 2) * 8 + Int((microseconds >> (exponent - 3)) & 7)
  }

  private static func end(of bucket: Int) -> Int {
    guard bucket >= 8 else { return bucket + 1 }
    return (bucket % 8 + 9) << (bucket / 8 - 1)
  }
}

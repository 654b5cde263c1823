/// How long statements took, in buckets whose width is at most 1/32 of their value. It takes 15 KiB, whatever times it
/// records. Recording a time costs a few nanoseconds and allocates nothing.
struct LatencyHistogram: Equatable {
  /// Each power of two is divided into 32 buckets. The first 64 nanoseconds have one each.
  private static let stepBits = 5
  private static let bucketCount = (64 - stepBits + 1) << stepBits

  private var counts = [UInt64](repeating: 0, count: bucketCount)
  private(set) var count: UInt64 = 0
  /// The longest time, exactly.
  private(set) var longest: UInt64 = 0

  mutating func note(_ nanoseconds: UInt64) {
    counts[Self.bucket(of: nanoseconds)] += 1
    count += 1
    longest = max(longest, nanoseconds)
  }

  /// Adds the times of another histogram.
  mutating func merge(_ other: Self) {
    for index in counts.indices { counts[index] += other.counts[index] }
    count += other.count
    longest = max(longest, other.longest)
  }

  /// Returns the time within which the given part of the statements was done. It is at most 1/32 too long and never too
  /// short; nil if there are no statements.
  ///
  /// - Parameter part: From 0 to 1.
  func time(ofFirst part: Double) -> UInt64? {
    guard count > 0 else { return nil }
    let rank = max(1, UInt64((part * Double(count)).rounded(.up)))
    var seen: UInt64 = 0
    for (index, number) in counts.enumerated() {
      seen += number
      if seen >= rank { return min(Self.last(of: index), longest) }
    }
    return longest
  }

  /// A row of the histogram that people read: how many statements took longer than the limit of the row before, and at
  /// most `limit`.
  struct Row: Equatable {
    let limit: UInt64
    var count: UInt64
  }

  /// Rows with the limits 1, 2, 5, 10, 20, 50 … µs, from the first to the last that is not empty. If a limit lies
  /// inside a bucket, the whole bucket counts as below it.
  var rows: [Row] {
    var rows: [Row] = []
    var limits = Self.limits.makeIterator()
    guard var limit = limits.next() else { return [] }
    var current: UInt64 = 0
    for (index, number) in counts.enumerated() where number > 0 {
      while Self.first(of: index) > limit, let next = limits.next() {
        if current > 0 || !rows.isEmpty { rows.append(Row(limit: limit, count: current)) }
        current = 0
        limit = next
      }
      current += number
    }
    if current > 0 { rows.append(Row(limit: limit, count: current)) }
    return rows
  }

  // The last row (5000 seconds) also holds everything longer.
  private static let limits: [UInt64] = (0..<10).flatMap { decade -> [UInt64] in
    let unit = (0..<decade).reduce(UInt64(1000)) { unit, _ in unit * 10 }
    return [unit, 2 * unit, 5 * unit]
  }

  private static func bucket(of value: UInt64) -> Int {
    let shift = max(0, 64 - stepBits - 1 - value.leadingZeroBitCount)
    return shift << stepBits + Int(value >> UInt64(shift))
  }

  /// Returns the shortest time of a bucket.
  private static func first(of bucket: Int) -> UInt64 {
    let steps = 1 << stepBits
    guard bucket >= 2 * steps else { return UInt64(bucket) }
    let shift = bucket >> stepBits - 1
    return UInt64(bucket - shift << stepBits) << UInt64(shift)
  }

  private static func last(of bucket: Int) -> UInt64 {
    bucket + 1 < bucketCount ? first(of: bucket + 1) - 1 : .max
  }
}

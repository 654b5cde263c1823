/// Numbers of transactions, as intervals that neither touch nor overlap, in order.
///
/// There are never more than `limit` of them: beyond that, the smallest gap is closed. A position then asks for
/// transactions of others too, which the server that gave out the numbers has committed as well.
struct IntervalSet: Sendable, Hashable {
  private(set) var intervals: [Interval] = []

  static var limit: Int { 32 }

  struct Interval: Sendable, Hashable {
    var first: UInt64
    var last: UInt64

    /// Reads `5` or `1-5`.
    init?(_ text: Substring) {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { part in
        part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt64(part) : nil
      }
      // The largest number that servers give is that of a signed integer.
      guard numbers.count == parts.count, 1...2 ~= numbers.count, numbers[0] > 0,
        numbers[0] <= numbers[numbers.count - 1], numbers[numbers.count - 1] < UInt64(Int64.max)
      else { return nil }
      first = numbers[0]
      last = numbers[numbers.count - 1]
    }
  }

  mutating func insert(_ new: Interval) {
    // Most transactions are later than all before.
    let start = intervals.lastIndex { $0.last + 1 < new.first }.map { $0 + 1 } ?? 0
    let end = intervals[start...].firstIndex { $0.first > new.last + 1 } ?? intervals.count
    var joined = new
    if start < end {
      joined.first = min(new.first, intervals[start].first)
      joined.last = max(new.last, intervals[end - 1].last)
    }
    intervals.replaceSubrange(start..<end, with: [joined])
    if intervals.count > Self.limit { closeSmallestGap() }
  }

  private mutating func closeSmallestGap() {
    let gaps = (1..<intervals.count).map { intervals[$0].first - intervals[$0 - 1].last }
    guard let smallest = gaps.indices.min(by: { gaps[$0] < gaps[$1] }) else { return }
    intervals[smallest].last = intervals[smallest + 1].last
    intervals.remove(at: smallest + 1)
  }

  func contains(_ other: IntervalSet) -> Bool {
    other.intervals.allSatisfy { part in
      intervals.contains { $0.first <= part.first && part.last <= $0.last }
    }
  }

  /// As MySQL writes it: `1-5:7`.
  var text: String {
    intervals.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: ":")
  }
}

import MySQLTesting
import Testing

@testable import mysql_demo

extension Demo {
  /// Times that are counted in a fixed number of buckets.
  @Suite struct Latencies {
    private static let parts = [0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1]

    private func histogram(_ times: some Sequence<UInt64>) -> LatencyHistogram {
      var histogram = LatencyHistogram()
      for time in times { histogram.note(time) }
      return histogram
    }

    /// Returns times from a nanosecond to an hour, equally many of each magnitude.
    private func randomTimes(_ count: Int, seed: UInt64) -> [UInt64] {
      var random = SeededGenerator(seed: seed)
      return (0..<count).map { _ in
        UInt64.random(in: 0...(1 << UInt64.random(in: 0...42, using: &random)), using: &random)
      }
    }

    @Test(arguments: [1, 2, 10, 1000, 9999])
    func areNeverTooShortAndAtMostAThirtySecondTooLong(_ count: Int) throws {
      let times = randomTimes(count, seed: UInt64(count)).sorted()
      let histogram = histogram(times)
      #expect(histogram.count == count)
      for part in Self.parts {
        let rank = max(1, Int((part * Double(count)).rounded(.up)))
        let exact = times[rank - 1]
        let time = try #require(histogram.time(ofFirst: part))
        #expect(time >= exact && time <= exact + exact / 32, "\(part) of \(count): \(time) and not \(exact)")
      }
      #expect(histogram.time(ofFirst: 1) == times.last)
      #expect(histogram.longest == times.last)
    }

    @Test func areExactBelow64Nanoseconds() {
      let histogram = histogram(0..<64)
      for time in 0..<64 { #expect(histogram.time(ofFirst: Double(time + 1) / 64) == UInt64(time)) }
    }

    @Test func mayHaveAnyLength() {
      for shift in 0..<64 {
        let power = UInt64(1) << UInt64(shift)
        for time in [power - 1, power, power + 1] {
          var histogram = histogram([time])
          #expect(histogram.time(ofFirst: 0.5) == time)
          // From here on, the end of the bucket counts.
          histogram.note(.max)
          let shown = histogram.time(ofFirst: 0.5) ?? 0
          #expect(shown >= time && shown - time <= time / 32, "\(time)")
          #expect(histogram.time(ofFirst: 1) == .max)
        }
      }
    }

    @Test func ofSeveralTasksMakeOne() {
      let times = randomTimes(3000, seed: 7)
      var merged = histogram(times[..<1000])
      merged.merge(histogram(times[1000..<1001]))
      merged.merge(LatencyHistogram())
      merged.merge(histogram(times[1001...]))
      #expect(merged == histogram(times))
      #expect(merged != histogram(times.dropLast()))
    }

    @Test func ofNothingAreNone() {
      #expect(LatencyHistogram().time(ofFirst: 0.5) == nil)
      #expect(LatencyHistogram().rows.isEmpty)
    }

    @Test func haveRowsFromTheFirstThatHasAnyToTheLast() {
      let row = LatencyHistogram.Row.init
      let micro: UInt64 = 1000
      #expect(histogram([1]).rows == [row(micro, 1)])
      #expect(
        histogram([150 * micro, 180 * micro, 900 * micro, 5000 * micro]).rows
          == [
            row(200 * micro, 2), row(500 * micro, 0), row(1000 * micro, 1), row(2000 * micro, 0),
            row(5000 * micro, 1),
          ])
      // The last row also has what is longer than the last limit.
      #expect(histogram([.max]).rows == [row(5_000_000_000_000, 1)])
      let times = randomTimes(5000, seed: 3)
      let rows = histogram(times).rows
      #expect(rows.reduce(0) { $0 + $1.count } == 5000)
      #expect(rows.map(\.limit) == rows.map(\.limit).sorted())
      for (index, row) in rows.enumerated() where index > 0 {
        let exact = times.count { $0 > rows[index - 1].limit && $0 <= row.limit }
        #expect(abs(Int(row.count) - exact) <= 5 + exact / 8, "\(row)")
      }
    }
  }
}

import Foundation
import MySQLTesting
import MySQLWire
import Testing

/// Servers whose bytes are changed, one at a time. Whatever comes of it, the session must neither trap nor
/// hang. A trap ends the run, whose first line tells the seed to repeat it with.
///
/// Each fixture has a budget of bytes to be replayed, MYSQL_TEST_FLIP_BUDGET. Where it suffices, every byte is
/// changed to eight other values; where not, positions and values are drawn. The test command runs this in a
/// release build with a budget that suffices for all but a few large captures. With MYSQL_TEST_ALL_FLIPS set
/// every byte takes all 255 other values, which wants a release build and patience.
@Suite struct FlippedByteTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let takesAll = environment["MYSQL_TEST_ALL_FLIPS"] != nil
  private static let budget = environment["MYSQL_TEST_FLIP_BUDGET"].flatMap { Int($0) } ?? 300_000
  private static let valuesPerByte = 8
  /// What a session costs before the first byte, in bytes of a replay.
  private static let costOfSession = 2000

  private static let seed: UInt64 = {
    let seed = environment["MYSQL_TEST_SEED"].flatMap { UInt64($0) } ?? .random(in: .min ... .max)
    print("Bytes are flipped with MYSQL_TEST_SEED=\(seed)")
    return seed
  }()

  @Test(arguments: Fixture.all)
  func survivesFlippedBytes(fixture: Fixture) throws {
    let exchanges = try fixture.recordedExchanges()
    let size = exchanges.reduce(0) { $0 + $1.size }
    var played = 0
    if Self.takesAll {
      for exchange in exchanges {
        for position in 0..<exchange.size {
          for mask in 1...255 as ClosedRange<UInt8> { try play(exchange, position, mask) }
        }
      }
      played = 255 * size
    } else {
      var generator = SeededGenerator(seed: Self.seed)
      // Each flip replays the whole exchange.
      let cost = exchanges.reduce(1) { cost, exchange in
        cost + exchange.size * Self.valuesPerByte * (exchange.size + Self.costOfSession)
      }
      let share = min(1, Double(Self.budget) / Double(cost))
      for exchange in exchanges where exchange.size > 0 {
        let flips = Int((Double(exchange.size * Self.valuesPerByte) * share).rounded(.up))
        for flip in 0..<flips {
          let position =
            share == 1 ? flip / Self.valuesPerByte : Int.random(in: 0..<exchange.size, using: &generator)
          try play(exchange, position, .random(in: 1...255, using: &generator))
        }
        played += flips
      }
    }
    let isWhole = played >= size * Self.valuesPerByte
    print(
      "\(isWhole ? "flipped all of" : "flipped some of") \(fixture.name): \(played) flips in \(size) bytes")
  }

  private func play(_ exchange: RecordedExchange, _ position: Int, _ mask: UInt8) throws {
    exchange.flipping(position, by: mask).play(try exchange.session())
  }
}

import Foundation
import MySQLTesting
import MySQLWire
import Testing

@Suite struct ReplayTests {
  /// Sanitizers are slow; the plain run takes all fifty.
  private static let randomSplits: UInt64 =
    ProcessInfo.processInfo.environment["MYSQL_TEST_SPLITS"].flatMap { UInt64($0) } ?? 50

  @Test(arguments: Fixture.all)
  func seesWhatTheServerWasAskedToStore(fixture: Fixture) throws {
    for (conversation, expectation) in try fixture.conversations() {
      let replay = try Self.replay(conversation, expectation, .whole)
      ExpectedResults(replay: replay, expectation: expectation).check(fixture.name)
    }
  }

  @Test(arguments: Fixture.all)
  func seesTheSameHoweverTheBytesArrive(fixture: Fixture) throws {
    for (conversation, expectation) in try fixture.conversations() {
      let whole = try Self.replay(conversation, expectation, .whole).events
      let single = try Self.replay(conversation, expectation, .singleBytes).events
      #expect(whole == single)
      for seed in 0..<Self.randomSplits {
        let random = try Self.replay(conversation, expectation, .random(SeededGenerator(seed: seed))).events
        #expect(whole == random, "seed \(seed)")
      }
    }
  }

  @Test(arguments: Fixture.all)
  func writesTheBytesThatTheOfficialClientWrote(fixture: Fixture) throws {
    for (conversation, expectation) in try fixture.conversations() {
      let replay = try Self.replay(conversation, expectation, .whole)
      #expect(replay.differences == [])
    }
  }

  static func replay(
    _ conversation: Conversation, _ expectation: ConversationExpectation, _ split: Splitter
  ) throws -> Replay {
    let replay = try Replay(conversation, expectation)
    try replay.run(split)
    return replay
  }
}

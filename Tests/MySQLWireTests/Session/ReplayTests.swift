import Foundation
import MySQLTesting
import MySQLWire
import Testing

@Suite(.busy, .notUnder(.thread)) struct ReplayTests {
  /// The number of random ways in which each capture is cut into pieces. Debug builds are a hundred times as slow.
  #if DEBUG
    private static let randomSplits: UInt64 = 1
  #else
    private static let randomSplits: UInt64 = 50
  #endif

  @Test(arguments: Fixture.all)
  func seesWhatTheServerWasAskedToStore(fixture: Fixture) throws {
    for (conversation, expectation) in try fixture.conversations() {
      let replay = try Self.replay(conversation, expectation, .whole)
      ExpectedResults(replay: replay, expectation: expectation).check(fixture.name)
    }
  }

  @Test(arguments: Fixture.bytewise)
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
    _ conversation: CaptureFile.Conversation, _ expectation: ConversationExpectation, _ split: Splitter
  ) throws -> Replay {
    let replay = try Replay(conversation, expectation)
    try replay.run(split)
    return replay
  }
}

import Testing

@testable import MySQL

/// These tests count in hours, so that their own running time makes no difference.
@Suite(.busy) struct PatienceTests {
  /// The machine as an object, so that expectations may change it.
  private final class Machine {
    private var patience = Patience()
    var isLimited: Bool { patience.isLimited }
    func allow(_ time: Duration?, for stage: String) -> Deadline? {
      patience.allow(time?.nanoseconds, for: stage)
    }
    func begins(_ wait: Patience.Waits) -> Deadline? { patience.begins(wait) }
    func ends(_ wait: Patience.Waits) { patience.ends(wait) }
    func alarm(at now: Deadline) -> Patience.Verdict { patience.alarm(at: now) }
  }

  private func hours(_ count: Int) -> Deadline { .after(Duration.seconds(3600 * count)) }

  @Test func withoutALimitNothingIsArmedAndNothingIsLate() {
    let patience = Machine()
    #expect(patience.begins(.event) == nil)
    #expect(patience.alarm(at: hours(1000)) == .inTime)
    #expect(!patience.isLimited)
  }

  @Test func aWaitThatLastsTooLongIsLateInItsStage() throws {
    let patience = Machine()
    #expect(patience.allow(.seconds(3600), for: "the test") == nil)
    let alarm = try #require(patience.begins(.event))
    #expect(alarm > .now && alarm <= hours(1))
    #expect(patience.alarm(at: alarm) == .late("the test"))
  }

  @Test func theTimeInWhichTheProgramIsBusyDoesNotCount() throws {
    let patience = Machine()
    _ = patience.allow(.seconds(3600), for: "the test")
    _ = patience.begins(.event)
    patience.ends(.event)
    // The answer is there, and the program takes a day to read it.
    #expect(patience.alarm(at: hours(24)) == .inTime)
    // The next wait has the time that the first one left over.
    let next = try #require(patience.begins(.event))
    #expect(next > .after(Duration.seconds(3500)) && next <= hours(1))
  }

  @Test func waitsThatOverlapCountOnce() {
    let patience = Machine()
    _ = patience.allow(.seconds(3600), for: "the test")
    #expect(patience.begins(.event) != nil)
    #expect(patience.begins(.flush) == nil)
    patience.ends(.event)
    #expect(patience.alarm(at: hours(2)) == .late("the test"))
    patience.ends(.flush)
    #expect(patience.alarm(at: hours(2)) == .inTime)
  }

  @Test func manyCommandsArmOneAlarm() throws {
    let patience = Machine()
    var armed: [Deadline] = []
    for _ in 0..<1000 {
      if let alarm = patience.allow(.seconds(3600), for: "a query") { armed.append(alarm) }
      if let alarm = patience.begins(.event) { armed.append(alarm) }
      patience.ends(.event)
      _ = patience.allow(nil, for: "")
    }
    #expect(armed.count == 1)
    // When the alarm goes off, nothing waits, and it does not come again by itself.
    #expect(patience.alarm(at: try #require(armed.first)) == .inTime)
    _ = patience.allow(.seconds(3600), for: "a query")
    #expect(patience.begins(.event) != nil)
  }

  @Test func anAlarmThatIsTooEarlyComesAgain() throws {
    let patience = Machine()
    _ = patience.allow(.seconds(1), for: "a short query")
    let first = try #require(patience.begins(.event))
    patience.ends(.event)
    _ = patience.allow(.seconds(3600), for: "a long query")
    #expect(patience.begins(.event) == nil)
    guard case .again(let second) = patience.alarm(at: first) else {
      Issue.record("the long query has no alarm")
      return
    }
    #expect(second > first)
    #expect(patience.alarm(at: second) == .late("a long query"))
  }

  @Test func anEarlierDeadlineArmsAnAlarmOfItsOwn() throws {
    let patience = Machine()
    _ = patience.allow(.seconds(3600), for: "a long query")
    let long = try #require(patience.begins(.event))
    patience.ends(.event)
    _ = patience.allow(.seconds(60), for: "a short query")
    let short = try #require(patience.begins(.event))
    #expect(short < long)
  }
}

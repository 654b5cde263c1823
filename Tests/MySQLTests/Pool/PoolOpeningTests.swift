import Testing

@testable import MySQL

/// When the pool opens connections, and what it does if that fails.
@Suite(.busy) struct PoolOpeningTests {
  @Test func aFailedAttemptFailsItsWaitersAndDelaysTheNext() throws {
    var state = idlePool()
    _ = state.wait(1, for: "a", at: 0)
    #expect(state.notOpened(1, isForWantOfRoom: false, at: 10) == [.fail(1, .notOpened)])
    // The next caller waits for the next attempt, which has its own outcome.
    #expect(state.wait(2, for: "b", at: 11) == [])
    let retry = try #require(state.nextAlarm)
    #expect(retry >= 10 + 5_000_000 && retry <= 10 + 10_000_000)
    #expect(state.alarm(at: retry) == [.open(2)])
    #expect(state.opened(2, at: retry + 1) == [.serve(2, 2, idleFor: 0)])
  }

  @Test func attemptsThatGoOnFailingComeAtMostASecondApart() throws {
    var state = idlePool()
    var now: Nanoseconds = 0
    for id in 1...20 {
      let actions = state.wait(id, for: "a", at: now)
      if actions.isEmpty {
        let alarm = try #require(state.nextAlarm)
        #expect(alarm - now <= oneSecond)
        now = alarm
        #expect(state.alarm(at: now) == [.open(id)])
      }
      #expect(state.notOpened(id, isForWantOfRoom: false, at: now) == [.fail(id, .notOpened)])
    }
    #expect(now > 5 * oneSecond)
  }

  @Test func aFullServerIsNotAFailureWhileAConnectionMayComeBack() {
    var state = idlePool()
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    #expect(state.wait(2, for: "b", at: 0) == [.open(2)])
    #expect(state.notOpened(2, isForWantOfRoom: true, at: 1) == [])
    #expect(state.returned(1, isUsable: true, at: 2) == [.serve(2, 1, idleFor: 0)])
  }

  @Test func keepsAsManyOpenAsAreWanted() {
    var state = idlePool(maximum: 4, minimum: 3)
    #expect(state.fill(at: 0) == [.open(1), .open(2), .open(3)])
    for id in 1...3 { _ = state.opened(id, at: 0) }
    #expect(state.lost(2, at: 1) == [.close(2), .open(4)])
  }
}

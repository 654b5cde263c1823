import MySQLTesting
import Testing

@testable import MySQL

/// Events in, actions out: no socket and no clock.
@Suite struct PoolStateTests {
  private typealias State = PoolState<String>
  private static let second: Nanoseconds = 1_000_000_000

  private func state(
    maximum: Int = 2, minimum: Int = 0, idleTime: Nanoseconds? = nil, lifetime: Nanoseconds? = nil
  ) -> State {
    var limits = PoolLimits()
    (limits.maximum, limits.minimum) = (maximum, minimum)
    (limits.idleTime, limits.lifetime) = (idleTime, lifetime)
    return PoolState(limits, random: SeededGenerator(seed: 1))
  }

  @Test func opensAConnectionForTheFirstThatAsksAndLendsItAgain() {
    var state = state()
    let none = state.leaseNow(to: "a", at: 0)
    #expect(none == nil)
    #expect(state.wait(1, for: "a", at: 0) == [.open(1)])
    #expect(state.opened(1, at: 5) == [.serve(1, 1, idleFor: 0)])
    #expect(state.returned(1, isUsable: true, at: 10) == [])
    let lease = state.leaseNow(to: "b", at: 14)
    #expect(lease?.id == 1 && lease?.idleFor == 4)
    #expect(state.holders.map(\.holder) == ["b"])
  }

  @Test func servesThoseWhoWaitInTheirOrder() {
    var state = state(maximum: 1)
    #expect(state.wait(1, for: "a", at: 0) == [.open(1)])
    #expect(state.wait(2, for: "b", at: 0) == [])
    #expect(state.wait(3, for: "c", at: 0) == [])
    #expect(state.opened(1, at: 1) == [.serve(1, 1, idleFor: 0)])
    #expect(state.returned(1, isUsable: true, at: 2) == [.serve(2, 1, idleFor: 0)])
    #expect(state.returned(1, isUsable: true, at: 3) == [.serve(3, 1, idleFor: 0)])
  }

  @Test func aConnectionThatComesBackServesWhoWaitsForOneThatIsBeingOpened() {
    var state = state()
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    #expect(state.wait(2, for: "b", at: 1) == [.open(2)])
    #expect(state.returned(1, isUsable: true, at: 2) == [.serve(2, 1, idleFor: 0)])
    #expect(state.opened(2, at: 3) == [])
    #expect(state.idleCount == 1)
  }

  @Test func lendsTheConnectionThatWasUsedLast() {
    var state = state()
    for id in 1...2 {
      _ = state.wait(id, for: "a", at: 0)
      _ = state.opened(id, at: 0)
    }
    _ = state.returned(2, isUsable: true, at: 1)
    _ = state.returned(1, isUsable: true, at: 2)
    let lease = state.leaseNow(to: "b", at: 3)
    #expect(lease?.id == 1)
  }

  @Test func aConnectionInDoubtIsClosedAndReplacedForWhoWaits() {
    var state = state(maximum: 1)
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    _ = state.wait(2, for: "b", at: 0)
    #expect(state.returned(1, isUsable: false, at: 1) == [.close(1), .open(2)])
  }

  @Test func aConnectionThatIsLostWhileItIsLeasedIsNotLentAgain() {
    var state = state()
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    #expect(state.lost(1, at: 1) == [])
    #expect(state.leased == 1)
    #expect(state.returned(1, isUsable: true, at: 2) == [.close(1)])
    #expect(state.total == 0)
  }

  @Test func aConnectionThatIsLostWhileItIsIdleIsForgottenAtOnce() {
    var state = state()
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    _ = state.returned(1, isUsable: true, at: 1)
    #expect(state.lost(1, at: 2) == [.close(1)])
    let lease = state.leaseNow(to: "b", at: 3)
    #expect(lease == nil)
  }

  @Test func whoWaitsTooLongIsToldSo() {
    var state = state(maximum: 1)
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    _ = state.wait(2, for: "b", at: Self.second)
    #expect(state.nextAlarm == 11 * Self.second)
    #expect(state.alarm(at: 10 * Self.second) == [])
    #expect(state.alarm(at: 11 * Self.second) == [.fail(2, .timedOut)])
    #expect(state.nextAlarm == nil)
  }

  @Test func whoGivesUpIsPassedOver() {
    var state = state(maximum: 1)
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    _ = state.wait(2, for: "b", at: 0)
    _ = state.wait(3, for: "c", at: 0)
    let (first, second) = (state.cancel(2), state.cancel(2))
    #expect(first && !second)
    #expect(state.returned(1, isUsable: true, at: 1) == [.serve(3, 1, idleFor: 0)])
  }

  @Test func aFailedAttemptFailsThoseWhoWaitedWhenItBeganAndTheNextIsMadeLater() throws {
    var state = state()
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
    var state = state()
    var now: Nanoseconds = 0
    for id in 1...20 {
      let actions = state.wait(id, for: "a", at: now)
      if actions.isEmpty {
        let alarm = try #require(state.nextAlarm)
        #expect(alarm - now <= Self.second)
        now = alarm
        #expect(state.alarm(at: now) == [.open(id)])
      }
      #expect(state.notOpened(id, isForWantOfRoom: false, at: now) == [.fail(id, .notOpened)])
    }
    #expect(now > 5 * Self.second)
  }

  @Test func aServerWithTooManyConnectionsIsNoFailureWhileAnotherMayComeBack() {
    var state = state()
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    #expect(state.wait(2, for: "b", at: 0) == [.open(2)])
    #expect(state.notOpened(2, isForWantOfRoom: true, at: 1) == [])
    #expect(state.returned(1, isUsable: true, at: 2) == [.serve(2, 1, idleFor: 0)])
  }

  @Test func closesWhatWasIdleForTooLongButForTheFewestThatAreKept() {
    var state = state(maximum: 3, minimum: 1, idleTime: 10 * Self.second)
    for id in 1...3 {
      _ = state.wait(id, for: "a", at: 0)
      _ = state.opened(id, at: 0)
    }
    for id in 1...3 { _ = state.returned(id, isUsable: true, at: Nanoseconds(id) * Self.second) }
    var closed: [State.Action] = []
    while let alarm = state.nextAlarm, alarm < 60 * Self.second { closed += state.alarm(at: alarm) }
    #expect(closed == [.close(1), .close(2)])
    #expect(state.idleCount == 1)
  }

  @Test func closesWhatIsTooOldWhenItIsIdleAndWhenItComesBack() {
    var state = state(lifetime: 100 * Self.second)
    for id in 1...2 {
      _ = state.wait(id, for: "a", at: 0)
      _ = state.opened(id, at: 0)
    }
    _ = state.returned(1, isUsable: true, at: 1)
    #expect(state.alarm(at: 80 * Self.second) == [])
    #expect(state.alarm(at: 100 * Self.second) == [.close(1)])
    #expect(state.returned(2, isUsable: true, at: 101 * Self.second) == [.close(2)])
  }

  @Test func keepsAsManyOpenAsAreWanted() {
    var state = state(maximum: 4, minimum: 3)
    #expect(state.fill(at: 0) == [.open(1), .open(2), .open(3)])
    for id in 1...3 { _ = state.opened(id, at: 0) }
    #expect(state.lost(2, at: 1) == [.close(2), .open(4)])
  }

  @Test func shuttingDownFailsWhoWaitsAndClosesWhatComesBack() {
    var state = state()
    for id in 1...2 {
      _ = state.wait(id, for: "a", at: 0)
      _ = state.opened(id, at: 0)
    }
    _ = state.returned(1, isUsable: true, at: 1)
    _ = state.leaseNow(to: "b", at: 1)
    _ = state.wait(3, for: "c", at: 1)
    _ = state.returned(2, isUsable: true, at: 1)
    let wasServed = !state.cancel(3)
    #expect(wasServed)
    _ = state.wait(4, for: "d", at: 1)
    #expect(state.shutDown() == [.fail(4, .shutDown)])
    #expect(state.wait(5, for: "e", at: 2) == [.fail(5, .shutDown)])
    #expect(state.returned(1, isUsable: true, at: 2) == [.close(1)])
    #expect(state.returned(2, isUsable: true, at: 2) == [.close(2)])
    #expect(state.total == 0)
  }
}

import Testing

@testable import MySQL

/// The callers that wait for a connection.
@Suite(.busy) struct PoolWaitingTests {
  @Test func servesWaitersInTheirOrder() {
    var state = idlePool(maximum: 1)
    #expect(state.wait(1, for: "a", at: 0) == [.open(1)])
    #expect(state.wait(2, for: "b", at: 0) == [])
    #expect(state.wait(3, for: "c", at: 0) == [])
    #expect(state.opened(1, at: 1) == [.serve(1, 1, idleFor: 0)])
    #expect(state.returned(1, isUsable: true, at: 2) == [.serve(2, 1, idleFor: 0)])
    #expect(state.returned(1, isUsable: true, at: 3) == [.serve(3, 1, idleFor: 0)])
  }

  @Test func aReturnedConnectionServesAWaiterBeforeOneThatIsBeingOpened() {
    var state = idlePool()
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    #expect(state.wait(2, for: "b", at: 1) == [.open(2)])
    #expect(state.returned(1, isUsable: true, at: 2) == [.serve(2, 1, idleFor: 0)])
    #expect(state.opened(2, at: 3) == [])
    #expect(state.idleCount == 1)
  }

  @Test func aConnectionInDoubtIsClosedAndReplacedForTheWaiter() {
    var state = idlePool(maximum: 1)
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    _ = state.wait(2, for: "b", at: 0)
    #expect(state.returned(1, isUsable: false, at: 1) == [.close(1), .open(2)])
  }

  @Test func failsAWaiterThatWaitsTooLong() {
    var state = idlePool(maximum: 1)
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    _ = state.wait(2, for: "b", at: oneSecond)
    #expect(state.nextAlarm == 11 * oneSecond)
    #expect(state.alarm(at: 10 * oneSecond) == [])
    #expect(state.alarm(at: 11 * oneSecond) == [.fail(2, .timedOut)])
    #expect(state.nextAlarm == nil)
  }

  @Test func passesOverAWaiterThatGaveUp() {
    var state = idlePool(maximum: 1)
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    _ = state.wait(2, for: "b", at: 0)
    _ = state.wait(3, for: "c", at: 0)
    let (first, second) = (state.cancel(2), state.cancel(2))
    #expect(first && !second)
    #expect(state.returned(1, isUsable: true, at: 1) == [.serve(3, 1, idleFor: 0)])
  }
}

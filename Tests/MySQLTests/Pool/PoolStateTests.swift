import Testing

@testable import MySQL

/// Events in, actions out: no socket and no clock.
@Suite(.busy) struct PoolStateTests {
  @Test func opensAConnectionForTheFirstThatAsksAndLendsItAgain() {
    var state = idlePool()
    let none = state.leaseNow(to: "a", at: 0)
    #expect(none == nil)
    #expect(state.wait(1, for: "a", at: 0) == [.open(1)])
    #expect(state.opened(1, at: 5) == [.serve(1, 1, idleFor: 0)])
    #expect(state.returned(1, isUsable: true, at: 10) == [])
    let lease = state.leaseNow(to: "b", at: 14)
    #expect(lease?.id == 1 && lease?.idleFor == 4)
    #expect(state.holders.map(\.holder) == ["b"])
  }

  @Test func lendsTheConnectionThatWasUsedLast() {
    var state = idlePool()
    state.lend(1...2)
    _ = state.returned(2, isUsable: true, at: 1)
    _ = state.returned(1, isUsable: true, at: 2)
    let lease = state.leaseNow(to: "b", at: 3)
    #expect(lease?.id == 1)
  }

  @Test func aConnectionThatIsLostWhileItIsLeasedIsNotLentAgain() {
    var state = idlePool()
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    #expect(state.lost(1, at: 1) == [])
    #expect(state.leased == 1)
    #expect(state.returned(1, isUsable: true, at: 2) == [.close(1)])
    #expect(state.total == 0)
  }

  @Test func aConnectionThatIsLostWhileItIsIdleIsForgottenAtOnce() {
    var state = idlePool()
    _ = state.wait(1, for: "a", at: 0)
    _ = state.opened(1, at: 0)
    _ = state.returned(1, isUsable: true, at: 1)
    #expect(state.lost(1, at: 2) == [.close(1)])
    let lease = state.leaseNow(to: "b", at: 3)
    #expect(lease == nil)
  }
}

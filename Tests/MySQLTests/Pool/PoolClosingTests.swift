import Testing

@testable import MySQL

/// When the pool closes connections that could still be used.
@Suite(.busy) struct PoolClosingTests {
  @Test func closesWhatWasIdleForTooLongButForTheFewestThatAreKept() {
    var state = idlePool(maximum: 3, minimum: 1, idleTime: 10 * oneSecond)
    state.lend(1...3)
    for id in 1...3 { _ = state.returned(id, isUsable: true, at: Nanoseconds(id) * oneSecond) }
    var closed: [PoolState<String>.Action] = []
    while let alarm = state.nextAlarm, alarm < 60 * oneSecond { closed += state.alarm(at: alarm) }
    #expect(closed == [.close(1), .close(2)])
    #expect(state.idleCount == 1)
  }

  @Test func closesWhatIsTooOldWhenItIsIdleAndWhenItComesBack() {
    var state = idlePool(lifetime: 100 * oneSecond)
    state.lend(1...2)
    _ = state.returned(1, isUsable: true, at: 1)
    #expect(state.alarm(at: 80 * oneSecond) == [])
    #expect(state.alarm(at: 100 * oneSecond) == [.close(1)])
    #expect(state.returned(2, isUsable: true, at: 101 * oneSecond) == [.close(2)])
  }

  @Test func shuttingDownFailsWaitersAndClosesWhatComesBack() {
    var state = idlePool()
    state.lend(1...2)
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

  /// A former primary can confirm nothing more once all connections are back that it had lent.
  @Test func tellsOfConnectionsThatWereLentBefore() {
    var state = idlePool(maximum: 3)
    state.lend(1...3)
    _ = state.returned(3, isUsable: true, at: 1)
    #expect(!state.hasOldLeases)
    state.closeReturned(at: 1)
    #expect(state.hasOldLeases)
    #expect(state.leaseNow(to: "b", at: 1)?.id == 3, "the one that was idle is still good")
    #expect(state.returned(1, isUsable: true, at: 2) == [.close(1)])
    _ = state.lost(2, at: 3)
    #expect(state.hasOldLeases, "its holder may still read what it has received")
    #expect(state.returned(2, isUsable: true, at: 4) == [.close(2)])
    #expect(!state.hasOldLeases)
    #expect(state.returned(3, isUsable: true, at: 5) == [])
  }
}

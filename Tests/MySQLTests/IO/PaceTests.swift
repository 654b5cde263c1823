import Testing

@testable import MySQL

@Suite(.busy) struct PaceTests {
  /// A moment, in milliseconds from some other.
  private func moment(_ milliseconds: Int64) -> Deadline {
    var moment = start
    moment.move(by: milliseconds * 1_000_000)
    return moment
  }
  private let start = Deadline.now

  private func quickPace() -> Pace {
    var pace = Pace()
    _ = pace.responded(at: moment(0))
    _ = pace.responded(at: moment(1))
    return pace
  }

  @Test func looksBeginWithTheSecondOfTwoQuickResponses() {
    var pace = Pace()
    var begins = pace.responded(at: moment(0))
    #expect(!begins && !pace.isQuick)
    begins = pace.responded(at: moment(3))
    #expect(!begins && !pace.isQuick)
    begins = pace.responded(at: moment(4))
    #expect(begins && pace.isQuick)
    begins = pace.responded(at: moment(5))
    #expect(!begins)
  }

  @Test func looksGoOnWhileManyWaitsBegin() {
    var pace = quickPace()
    for isWaiting in [true, false, true, true, false] {
      for _ in 0..<3 { pace.beginsWait() }
      let look = pace.look(isWaiting: isWaiting)
      #expect(look == .again && pace.isQuick)
    }
  }

  @Test func aWaitThatIsSeenTwiceEnds() {
    for others in [0, 5] {
      var pace = quickPace()
      for _ in 0..<others + 1 { pace.beginsWait() }
      let first = pace.look(isWaiting: true)
      let second = pace.look(isWaiting: true)
      #expect(first == .again && second == .endWait && !pace.isQuick)
    }
  }

  @Test func fewWaitsAreQuickNoMore() {
    var pace = quickPace()
    for _ in 0..<2 { pace.beginsWait() }
    let first = pace.look(isWaiting: true)
    #expect(first == .again && !pace.isQuick)
    // The loop is still looking, and does not begin once more.
    _ = pace.responded(at: moment(10))
    let begins = pace.responded(at: moment(11))
    #expect(!begins && pace.isQuick)
  }

  @Test func looksEndWhenNothingIsWaitedFor() {
    var pace = quickPace()
    for _ in 0..<2 { pace.beginsWait() }
    let look = pace.look(isWaiting: false)
    #expect(look == .stop && !pace.isQuick)
    // What came before counts no more.
    var begins = pace.responded(at: moment(2))
    #expect(!begins)
    begins = pace.responded(at: moment(3))
    #expect(begins)
  }
}

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

  @Test func looksGoOnWhileThereAreNewWaits() {
    var pace = quickPace()
    for _ in 0..<10 {
      pace.beginsWait()
      let look = pace.look(isWaiting: true)
      #expect(look == .again && pace.isQuick)
    }
  }

  @Test func aWaitThatIsSeenTwiceEnds() {
    var pace = quickPace()
    pace.beginsWait()
    let first = pace.look(isWaiting: true)
    let second = pace.look(isWaiting: true)
    #expect(first == .again && second == .endWait && !pace.isQuick)
  }

  @Test func looksEndWhenNothingIsWaitedFor() {
    var pace = quickPace()
    pace.beginsWait()
    let first = pace.look(isWaiting: false)
    let second = pace.look(isWaiting: false)
    #expect(first == .again && second == .stop && !pace.isQuick)
    // What came before counts no more.
    let begins = pace.responded(at: moment(2))
    #expect(!begins)
  }
}

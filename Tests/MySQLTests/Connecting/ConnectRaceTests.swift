import MySQLTesting
import Testing

@testable import MySQL

/// The race as a table of what happens and what is done about it.
@Suite(.busy) struct ConnectRaceTests {
  /// What happens, and the actions that follow.
  private typealias Step = (event: ConnectRace.Event, actions: String)

  private func run(
    servers: Int, _ steps: [Step], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var race = ConnectRace(servers: servers)
    for (number, step) in steps.enumerated() {
      let actions = race.receive(step.event).map(Self.describe).joined(separator: ", ")
      #expect(actions == step.actions, "step \(number)", sourceLocation: sourceLocation)
    }
  }

  private static func describe(_ action: ConnectRace.Action) -> String {
    switch action {
    case .lookUp(let server): "look up \(server)"
    case .start(let candidate): "start \(candidate.server).\(candidate.address)"
    case .setAlarm(let number, let delay):
      delay == ConnectRace.delay ? "alarm \(number)" : "late alarm \(number)"
    case .fail: "fail"
    }
  }

  @Test func theFirstServerThatLetsUsInIsTheOnlyOneAsked() {
    run(
      servers: 2,
      [
        (.begun, "look up 0, alarm 1"), (.found(server: 0, addresses: 1), "start 0.0, alarm 2"), (.won, ""),
        (.alarm(2, hasGreeted: false), ""), (.failed(isFinal: false), ""),
      ])
  }

  @Test func theNextBeginsWhenOneFails() {
    run(
      servers: 2,
      [
        (.begun, "look up 0, alarm 1"), (.found(server: 0, addresses: 2), "start 0.0, alarm 2"),
        (.failed(isFinal: false), "start 0.1, alarm 3"), (.failed(isFinal: false), "look up 1, alarm 4"),
        (.found(server: 1, addresses: 1), "start 1.0, alarm 5"), (.failed(isFinal: false), "fail"),
      ])
  }

  @Test func theNextBeginsAfterTheDelayAndTheOthersGoOn() {
    run(
      servers: 2,
      [
        (.begun, "look up 0, alarm 1"), (.found(server: 0, addresses: 2), "start 0.0, alarm 2"),
        // The alarm of a step that is over.
        (.alarm(1, hasGreeted: false), ""), (.alarm(2, hasGreeted: false), "start 0.1, alarm 3"),
        (.alarm(3, hasGreeted: false), "look up 1, alarm 4"),
        (.found(server: 1, addresses: 1), "start 1.0, alarm 5"), (.alarm(5, hasGreeted: false), ""),
        (.failed(isFinal: false), ""), (.failed(isFinal: false), ""), (.failed(isFinal: false), "fail"),
      ])
  }

  @Test func aServerThatHasGreetedGetsMoreTimeOnce() {
    run(
      servers: 1,
      [
        (.begun, "look up 0, alarm 1"), (.found(server: 0, addresses: 3), "start 0.0, alarm 2"),
        (.alarm(2, hasGreeted: true), "late alarm 2"), (.alarm(2, hasGreeted: true), "start 0.1, alarm 3"),
        (.alarm(3, hasGreeted: true), "late alarm 3"), (.failed(isFinal: false), "start 0.2, alarm 4"),
        (.alarm(3, hasGreeted: true), ""), (.alarm(4, hasGreeted: true), "late alarm 4"), (.won, ""),
      ])
  }

  @Test func aNameThatIsSlowHoldsUpNobodyAndComesFirstInItsTurn() {
    run(
      servers: 3,
      [
        (.begun, "look up 0, alarm 1"), (.alarm(1, hasGreeted: false), "look up 1, alarm 2"),
        (.found(server: 1, addresses: 2), "start 1.0, alarm 3"),
        // The attempt before has its time.
        (.found(server: 0, addresses: 1), ""), (.alarm(3, hasGreeted: false), "start 0.0, alarm 4"),
        (.alarm(4, hasGreeted: false), "start 1.1, alarm 5"),
        (.alarm(5, hasGreeted: false), "look up 2, alarm 6"),
      ])
  }

  @Test func aNameThatIsFoundWhenNothingElseIsLeftIsTriedAtOnce() {
    run(
      servers: 2,
      [
        (.begun, "look up 0, alarm 1"), (.alarm(1, hasGreeted: false), "look up 1, alarm 2"),
        (.failed(isFinal: false), ""),
        (.found(server: 0, addresses: 1), "start 0.0, alarm 3"), (.failed(isFinal: false), "fail"),
      ])
    run(
      servers: 2,
      [
        (.begun, "look up 0, alarm 1"), (.alarm(1, hasGreeted: false), "look up 1, alarm 2"),
        (.found(server: 1, addresses: 1), "start 1.0, alarm 3"), (.alarm(3, hasGreeted: false), ""),
        (.found(server: 0, addresses: 1), "start 0.0, alarm 4"),
      ])
  }

  @Test func namesThatAreNotFoundAreLeftOut() {
    run(
      servers: 2,
      [
        (.begun, "look up 0, alarm 1"), (.failed(isFinal: false), "look up 1, alarm 2"),
        (.failed(isFinal: false), "fail"), (.alarm(2, hasGreeted: false), ""),
      ])
  }

  @Test func anAnswerThatAllWouldGiveEndsTheRace() {
    run(
      servers: 2,
      [
        (.begun, "look up 0, alarm 1"), (.found(server: 0, addresses: 3), "start 0.0, alarm 2"),
        (.alarm(2, hasGreeted: false), "start 0.1, alarm 3"), (.failed(isFinal: true), "fail"),
        (.alarm(3, hasGreeted: false), ""),
        (.failed(isFinal: false), ""), (.won, ""),
      ])
  }

  /// Whatever happens in whatever order, each address is tried once, and the race ends.
  @Test func eachAddressIsTriedOnceAndTheRaceEnds() {
    var random = SeededGenerator()
    for _ in 1...2000 {
      let counts = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Int.random(in: 1...3, using: &random)
      }
      var race = ConnectRace(servers: counts.count)
      var tried: [ConnectRace.Candidate] = []
      var (searches, attempts, alarm, hasFailed) = ([Int](), 0, 0, false)
      func note(_ actions: [ConnectRace.Action]) {
        for action in actions {
          switch action {
          case .lookUp(let server): searches.append(server)
          case .start(let candidate):
            tried.append(candidate)
            attempts += 1
          case .setAlarm(let number, _): alarm = number
          case .fail: hasFailed = true
          }
        }
      }
      note(race.receive(.begun))
      for _ in 0..<1000 where !hasFailed {
        switch Int.random(in: 0..<3, using: &random) {
        case 0 where !searches.isEmpty:
          let server = searches.remove(at: Int.random(in: 0..<searches.count, using: &random))
          note(race.receive(.found(server: server, addresses: counts[server])))
        case 1 where attempts > 0:
          attempts -= 1
          note(race.receive(.failed(isFinal: false)))
        default: note(race.receive(.alarm(alarm, hasGreeted: Bool.random(using: &random))))
        }
      }
      #expect(hasFailed && attempts == 0 && searches.isEmpty, "seed \(random.seed)")
      #expect(tried.count == counts.reduce(0, +) && Set(tried).count == tried.count, "seed \(random.seed)")
    }
  }
}

import MySQLTesting
import Testing

@testable import MySQL

/// Which server a call goes to, as tables of what happens and what is chosen.
@Suite(.busy) struct ServerChoiceTests {
  private typealias Choice = ServerChoice<String>
  private static let primary = Choice.Reply.role(ServerRole(.writable))
  private static let replica = Choice.Reply.role(ServerRole(.readOnly))
  private static let node = Choice.Reply.role(ServerRole(.writable, in: .galera))
  private static let donor = Choice.Reply.role(ServerRole(.notReady("Galera: Donor"), in: .galera))
  private static let second: Nanoseconds = 1_000_000_000

  /// Returns the choice among servers that have given these replies, in this order; their members have the numbers 1, 2
  /// and so on.
  private func choice(
    _ replies: [Choice.Reply], weights: [Int]? = nil, balance: MySQLConfiguration.LoadBalance = .leastLeased
  ) -> Choice {
    var choice = Choice(
      weights: weights ?? replies.map { _ in 1 }, balance: balance, random: SeededGenerator(seed: 7))
    #expect(choice.takeDue(at: 0) == Array(replies.indices))
    for (number, reply) in replies.enumerated() { _ = choice.asked(number, [("\(number)", reply)], at: 0) }
    return choice
  }

  private func use(
    _ choice: inout Choice, _ need: Choice.Need, avoiding excluded: Set<Int> = [], isAfterWrite: Bool = false,
    at now: Nanoseconds = 0, loads: [Int: Int] = [:]
  ) -> Int? {
    let chosen = choice.choose(need, avoiding: excluded, isAfterWrite: isAfterWrite, at: now) {
      loads[$0] ?? 0
    }
    if case .use(let id) = chosen { return id }
    return nil
  }

  @Test func eachNeedHasItsServer() {
    var choice = choice([Self.replica, Self.primary, Self.replica])
    #expect(use(&choice, .writer) == 2)
    #expect(use(&choice, .replica) == 1)
    #expect(use(&choice, .preferablyReplica) == 1)
    #expect(use(&choice, .preferablyReplica, avoiding: [1]) == 3)
    #expect(use(&choice, .preferablyReplica, avoiding: [1, 3]) == 2)
    #expect(use(&choice, .replica, avoiding: [1, 3]) == nil)
    #expect(use(&choice, .any, loads: [1: 1, 2: 1]) == 3)
  }

  @Test func nothingIsChosenBeforeAServerHasReplied() {
    var choice = Choice(weights: [1, 1], balance: .leastLeased)
    #expect(choice.choose(.writer, at: 0) { _ in 0 } == .wait(until: .min))
    #expect(choice.takeDue(at: 0) == [0, 1])
    #expect(choice.takeDue(at: 0) == [])
    #expect(choice.choose(.writer, at: 0) { _ in 0 } == .wait(until: Choice.patience))
    #expect(choice.asked(0, [("a", Self.primary)], at: 1) == [.add(1, endpoint: 0, "a")])
    #expect(use(&choice, .writer, at: 1) == 1)
  }

  @Test func replicasThatMayTurnUpInAMomentAreWaitedForBriefly() {
    var choice = Choice(weights: [1, 1], balance: .leastLeased)
    _ = choice.takeDue(at: 0)
    _ = choice.asked(0, [("a", Self.primary)], at: 1)
    #expect(use(&choice, .preferablyReplica, at: 2) == nil)
    #expect(use(&choice, .writer, at: 2) == 1)
    var other = choice
    _ = choice.asked(1, [("b", Self.replica)], at: 3)
    #expect(use(&choice, .preferablyReplica, at: 4) == 2)
    #expect(use(&other, .preferablyReplica, at: Choice.patience) == 1)
  }

  @Test func ofSeveralNodesTheFirstInTheSettingsBecomesTheWriterAndStaysIt() {
    var choice = Choice(weights: [1, 1, 1], balance: .leastLeased)
    _ = choice.takeDue(at: 0)
    _ = choice.asked(2, [("c", Self.node)], at: 1)
    // The others may reply in a moment.
    #expect(use(&choice, .writer, at: 2) == nil)
    _ = choice.asked(0, [("a", Self.node)], at: 3)
    #expect(use(&choice, .writer, at: 4) == 2)
    _ = choice.asked(1, [("b", Self.node)], at: 5)
    #expect(use(&choice, .writer, at: 6) == 2)
    #expect(choice.failed(2, at: 7) == [.evict(2)])
    #expect(use(&choice, .writer, at: 8) == 3, "the next in the settings")
    _ = choice.takeDue(at: Self.second)
    _ = choice.asked(0, [("a", Self.node)], at: Self.second)
    #expect(use(&choice, .writer, at: Self.second) == 3, "the former writer has to wait")
    #expect(use(&choice, .replica, at: Self.second) == 2, "and is read from")
  }

  @Test func anEarlierNodeIsNotWaitedForForLong() {
    var choice = Choice(weights: [1, 1], balance: .leastLeased)
    _ = choice.takeDue(at: 0)
    _ = choice.asked(1, [("b", Self.node)], at: 1)
    #expect(use(&choice, .writer, at: Choice.patience - 1) == nil)
    #expect(use(&choice, .writer, at: Choice.patience) == 1)
  }

  @Test func aWriterThatOnlyReadsNowIsLeftAndAllAreAsked() {
    var choice = choice([Self.primary, Self.replica])
    #expect(choice.failed(1, at: Self.second) == [.evict(1)])
    #expect(use(&choice, .writer, at: Self.second) == nil)
    #expect(choice.takeDue(at: Self.second) == [0, 1])
    #expect(choice.asked(0, [("0", Self.replica)], at: Self.second) == [])
    #expect(choice.asked(1, [("1", Self.primary)], at: Self.second) == [.evict(2)])
    #expect(use(&choice, .writer, at: Self.second) == 2)
    #expect(use(&choice, .replica, at: Self.second) == 1)
  }

  /// Nobody has told a former primary that it is one: what it has may belong to no history.
  @Test func aSecondServerThatAcceptsWritesIsNeitherWrittenToNorReadFrom() {
    var choice = choice([Self.primary, Self.primary, Self.replica])
    #expect(use(&choice, .writer) == 1)
    #expect(use(&choice, .replica) == 3)
    #expect(use(&choice, .preferablyReplica, avoiding: [3]) == 1)
  }

  @Test func whileTheWriterIsMissingAllAreAskedAgainAndAgain() {
    var choice = choice([Self.primary, Self.replica])
    _ = choice.failed(1, at: Self.second)
    var (now, count) = (Self.second, 0)
    while count < 10 {
      guard case .wait(let moment) = choice.choose(.writer, at: now, load: { _ in 0 }), let moment else {
        Issue.record("nothing is waited for")
        return
      }
      #expect(moment - now <= Self.second)
      now = max(now, moment)
      for number in choice.takeDue(at: now) {
        _ = choice.asked(number, number == 0 ? [("0", .failed)] : [("1", Self.replica)], at: now)
        if number == 1 { count += 1 }
      }
    }
    #expect(now - Self.second <= 2 * Self.second)
  }

  @Test func aServerThatFailsIsAskedLessAndLessOften() {
    var choice = Choice(weights: [1], balance: .leastLeased, random: SeededGenerator(seed: 1))
    var (now, times) = (Nanoseconds(0), [Nanoseconds]())
    for _ in 0..<12 {
      if case .wait(let moment) = choice.choose(.any, at: now, load: { _ in 0 }), let moment {
        now = max(now, moment)
      }
      #expect(choice.takeDue(at: now) == [0])
      _ = choice.asked(0, [("a", .failed)], at: now)
      times.append(now)
    }
    let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
    #expect(gaps.allSatisfy { $0 <= Self.second })
    #expect((gaps.last ?? 0) >= Self.second / 2)
    #expect(choice.isUnreachable(since: 0))
    #expect(!choice.isUnreachable(since: now + 1))
  }

  @Test func aNameOfSeveralAddressesIsSeveralServers() {
    var choice = Choice(weights: [1], balance: .leastLeased)
    _ = choice.takeDue(at: 0)
    #expect(
      choice.asked(0, [("a", Self.replica), ("b", Self.primary)], at: 0) == [
        .add(1, endpoint: 0, "a"), .add(2, endpoint: 0, "b"),
      ])
    #expect(use(&choice, .writer) == 2)
    // Its addresses have changed.
    _ = choice.failed(2, at: Self.second)
    _ = choice.takeDue(at: Self.second)
    #expect(
      choice.asked(0, [("c", Self.primary), ("a", Self.replica)], at: Self.second) == [
        .remove(2), .add(3, endpoint: 0, "c"),
      ])
    #expect(use(&choice, .writer, at: Self.second) == 3)
    // Its name server is out of order.
    _ = choice.failed(3, at: 3 * Self.second)
    _ = choice.takeDue(at: 3 * Self.second)
    #expect(choice.asked(0, [], at: 3 * Self.second) == [.evict(1)])
    #expect(choice.members.count == 2, "both may come back")
  }

  @Test func aNodeThatIsNotReadyServesNothing() {
    var choice = choice([Self.donor, Self.node])
    #expect(use(&choice, .writer) == 2)
    #expect(use(&choice, .replica) == nil)
    #expect(use(&choice, .preferablyReplica) == 2)
  }

  /// A former primary that was silent comes back as a primary that nobody uses, until somebody makes it a replica.
  @Test(arguments: [Self.primary, Self.donor]) private func aServerThatServesNothingIsAskedAgain(
    _ reply: Choice.Reply
  ) {
    var choice = choice([Self.primary, reply])
    #expect(use(&choice, .preferablyReplica) == 1)
    #expect(choice.takeDue(at: 0) == [])
    #expect(choice.takeDue(at: Self.second) == [1])
    _ = choice.asked(1, [("1", reply)], at: Self.second)
    #expect(choice.takeDue(at: 2 * Self.second) == [1])
    _ = choice.asked(1, [("1", Self.replica)], at: 2 * Self.second)
    #expect(use(&choice, .preferablyReplica, at: 2 * Self.second) == 2)
    #expect(choice.takeDue(at: 100 * Self.second) == [])
  }

  @Test func aNewConnectionTellsThatItsServerHasChanged() {
    var choice = choice([Self.primary, Self.replica])
    #expect(choice.admitted(1, as: ServerRole(.writable), at: 1) == [])
    #expect(choice.admitted(1, as: ServerRole(.readOnly), at: Self.second) == [.evict(1)])
    #expect(choice.takeDue(at: Self.second) == [0, 1])
  }

  @Test func aDoubtIsSettledByAQuestion() {
    var choice = choice([Self.primary, Self.replica])
    choice.doubted(1, at: 1)
    #expect(use(&choice, .writer, at: 1) == 1)
    #expect(choice.takeDue(at: 1) == [], "it has replied just now")
    #expect(choice.takeDue(at: Choice.pace) == [0])
    #expect(choice.asked(0, [("0", Self.primary)], at: Choice.pace) == [])
    #expect(choice.takeDue(at: 9 * Self.second) == [])
  }

  @Test func aReplicaThatDoesNotCatchUpIsLeftOutForAWhile() {
    var choice = choice([Self.primary, Self.replica, Self.replica])
    choice.lagged(2, at: 0)
    #expect(use(&choice, .preferablyReplica, isAfterWrite: true, at: 1) == 3)
    #expect(use(&choice, .preferablyReplica, at: 1) == 2, "nothing has to be in its history")
    #expect(use(&choice, .preferablyReplica, isAfterWrite: true, at: Choice.lagTime) == 2)
  }

  @Test func theFewestConnectionsCountByWeight() {
    var choice = choice([Self.primary, Self.replica, Self.replica], weights: [1, 1, 3])
    var loads: [Int: Int] = [:]
    for _ in 0..<40 {
      guard let id = use(&choice, .replica, loads: loads) else { continue }
      loads[id, default: 0] += 1
    }
    #expect(loads == [2: 10, 3: 30])
  }

  @Test func turnsComeByWeight() {
    var choice = choice(
      [Self.primary, Self.replica, Self.replica], weights: [1, 1, 3], balance: .roundRobin)
    let turns = (0..<8).map { _ in use(&choice, .replica) }
    #expect(turns == [3, 3, 2, 3, 3, 3, 2, 3] || turns.filter { $0 == 3 }.count == 6)
    #expect(turns.prefix(4).contains(2), "nobody has to wait long")
  }

  @Test func chanceGoesByWeight() {
    var choice = choice([Self.primary, Self.replica, Self.replica], weights: [1, 1, 3], balance: .random)
    let chosen = (0..<4000).compactMap { _ in use(&choice, .replica) }
    let share = Double(chosen.filter { $0 == 3 }.count) / 4000
    #expect((0.7...0.8).contains(share))
  }

  @Test func aServerWithoutWeightIsTheLastResort() {
    var choice = choice([Self.primary, Self.replica, Self.replica], weights: [1, 0, 1])
    #expect(use(&choice, .replica, loads: [3: 100]) == 3)
    #expect(use(&choice, .replica, avoiding: [3]) == 2)
  }

  @Test func whereNothingIsAskedEveryServerServes() {
    var choice = Choice(weights: [1, 1], balance: .leastLeased, tellsApart: false)
    #expect(choice.assume(ServerRole(.writable), of: "a", at: 0) == [.add(1, endpoint: 0, "a")])
    #expect(choice.assume(ServerRole(.writable), of: "b", at: 1) == [.add(2, endpoint: 1, "b")])
    #expect(choice.takeDue(at: 0) == [])
    #expect(use(&choice, .any) == 1)
    #expect(choice.failed(1, at: 1) == [.evict(1)])
    #expect(use(&choice, .any, at: 1) == 2)
    #expect(choice.takeDue(at: 1).contains(0))
    _ = choice.asked(0, [("a", Self.primary)], at: 2)
    #expect(use(&choice, .any, at: 2) == 1)
    #expect(choice.takeDue(at: 100 * Self.second) == [])
  }
}

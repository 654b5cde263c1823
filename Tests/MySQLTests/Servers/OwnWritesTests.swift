import MySQLTesting
import Testing

@testable import MySQL

/// Reads from replicas and nodes, after writes by the same client.
@Suite(.timed) struct OwnWritesTests {
  @Test func aReplicaIsWaitedForOnceAfterAWrite() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, true])
    let client = try await fleet.client(.preferReplica)
    for _ in 0..<3 { #expect(try await client.read { try await fleet.server(of: $0) } == 1) }
    #expect(fleet.member(1).waits == 0, "nothing was written")
    #expect(client.position.isEmpty)
    try await client.execute("INSERT one")
    #expect(client.position.description == "\(ScriptedFleet.source):1")
    for _ in 0..<3 { #expect(try await client.read { try await fleet.server(of: $0) } == 1) }
    #expect(fleet.member(1).waits == 1)
    try await client.execute("INSERT two")
    #expect(client.position.description == "\(ScriptedFleet.source):1-2")
    #expect(try await client.withTransaction(readOnly: true) { try await fleet.server(of: $0) } == 1)
    #expect(fleet.member(1).waits == 2)
    await client.shutdown()
  }

  @Test func thePrimaryIsReadWhereReplicasDoNotCatchUp() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, false, true])
    let client = try await fleet.client(.preferReplica)
    fleet.change(0) { $0.hasCaughtUp = false }
    try await client.execute("INSERT one")
    #expect(try await client.read { try await fleet.server(of: $0) } == 2)
    fleet.change(2) { $0.hasCaughtUp = false }
    try await client.execute("INSERT two")
    #expect(try await client.read { try await fleet.server(of: $0) } == 1)
    let waits = (fleet.member(0).waits, fleet.member(2).waits)
    // Both are known to be late.
    #expect(try await client.read { try await fleet.server(of: $0) } == 1)
    #expect((fleet.member(0).waits, fleet.member(2).waits) == waits)
    await client.shutdown()
  }

  /// The members of a group accept writes, and reads, before they have finished their backlog.
  @Test func theNewPrimaryOfAGroupIsWaitedForOnce() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, true], in: .group)
    let client = try await fleet.client(.preferReplica)
    try await client.execute("INSERT one")
    fleet.promote(1)
    for _ in 0..<3 { try await client.execute("INSERT two") }
    #expect(fleet.counts(of: "INSERT two") == [1, 3])
    #expect(fleet.member(0).waits == 0)
    #expect(fleet.member(1).waits == 1)
    fleet.change(0) { $0.hasCaughtUp = false }
    fleet.promote(0)
    let write = Task { try await client.execute("INSERT three") }
    #expect(await wait { fleet.counts(of: "INSERT three") == [0, 1] }, "the former primary refused it")
    try await Task.sleep(for: .milliseconds(100))
    #expect(fleet.counts(of: "INSERT three") == [0, 1])
    fleet.change(0) { $0.hasCaughtUp = true }
    _ = try await write.value
    #expect(fleet.counts(of: "INSERT three") == [1, 1])
    await client.shutdown()
  }

  /// A node that believes to have all may have been cut off: the primary knows better.
  @Test func aNodeOfGaleraIsReadFromOnceItHasWhatThePrimaryHas() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, false], in: .galera)
    let client = try await fleet.client(.preferReplica) { $0.catchUpTimeout = .seconds(20) }
    for number in 0...1 { fleet.change(number) { $0.transaction = 42 } }
    #expect(try await client.read { try await fleet.server(of: $0) } == 1)
    #expect(fleet.member(1).waits == 1)
    fleet.change(0) { $0.transaction = 43 }
    let reading = Task { try await client.read { try await fleet.server(of: $0) } }
    #expect(await wait { fleet.member(1).waits > 3 })
    #expect(fleet.counts(of: "SELECT server") == [0, 1])
    fleet.change(1) { $0.transaction = 43 }
    #expect(try await reading.value == 1)
    await client.shutdown()
  }

  /// A node counts commits before others see them.
  @Test func aNodeOfGaleraIsReadFromOnceOthersSeeWhatItCounts() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, false], in: .galera)
    let client = try await fleet.client(.preferReplica) { $0.catchUpTimeout = .seconds(20) }
    fleet.change(0) { ($0.transaction, $0.unseen) = (43, 1) }
    fleet.change(1) { ($0.transaction, $0.unseen) = (43, 1) }
    let reading = Task { try await client.read { try await fleet.server(of: $0) } }
    #expect(await wait { fleet.member(1).waits > 3 })
    #expect(fleet.counts(of: "SELECT server") == [0, 0])
    fleet.change(1) { $0.unseen = 0 }
    #expect(try await reading.value == 1)
    #expect(fleet.member(0).waits == 1)
    await client.shutdown()
  }

  /// After a reset, a node of Galera would no longer wait for anything.
  @Test(arguments: [ServerRole.Cluster?.none, .group, .galera])
  func aConnectionToANodeOfGaleraIsNeverReset(cluster: ServerRole.Cluster?) async throws {
    let fleet = try ScriptedFleet(readOnly: [false], in: cluster)
    let client = try await fleet.client(.primary) { $0.maxConnections = 1 }
    for _ in 0..<2 { try await client.execute("SET @a = 1") }
    #expect(try await fleet.server(of: client) == 0)
    #expect(fleet.member(0).resets == (cluster == .galera ? 0 : 2))
    await client.shutdown()
  }

  /// What a former primary was asked while it was the primary, it may confirm later than another one is waited for.
  @Test func aNewPrimaryIsWaitedForUntilTheFormerOneHasConfirmedEverything() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, true], in: .galera)
    let client = try await fleet.client(.primary)
    fleet.change(0) { $0.holdsWrites = true }
    let write = Task { try await client.execute("INSERT one") }
    #expect(await wait { fleet.counts(of: "INSERT one") == [1, 0] })
    fleet.promote(1)
    // The first of these calls notices that another one is the primary.
    for number in 1...3 {
      try await client.execute("INSERT two")
      #expect(fleet.member(1).waits == number)
    }
    fleet.change(0) { $0.holdsWrites = false }
    _ = try await write.value
    for _ in 0..<3 { try await client.execute("INSERT three") }
    #expect(fleet.member(1).waits == 4)
    await client.shutdown()
  }

  @Test func aNodeOfAnotherClusterIsNotReadFrom() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, false], in: .galera)
    let client = try await fleet.client(.preferReplica)
    fleet.change(1) {
      $0.history = "another"
      $0.transaction = 1_000_000
    }
    #expect(try await client.read { try await fleet.server(of: $0) } == 0)
    let waits = fleet.member(1).waits
    #expect(waits == 1)
    #expect(try await client.read { try await fleet.server(of: $0) } == 0, "it is known to be late")
    #expect(fleet.member(1).waits == waits)
    await client.shutdown()
  }

  @Test func ownWritesAreNotWaitedForIfNobodyAsks() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, true])
    let client = try await fleet.client(.preferReplica) { $0.readYourWrites = false }
    fleet.change(1) { $0.hasCaughtUp = false }
    try await client.execute("INSERT one")
    #expect(try await client.read { try await fleet.server(of: $0) } == 1)
    #expect(client.position.isEmpty)
    #expect(fleet.member(1).waits == 0)
    // A position that a program brings along counts in any case.
    let position = try #require(MySQLPosition("\(ScriptedFleet.source):1"))
    #expect(try await client.read(after: position) { try await fleet.server(of: $0) } == 0)
    await client.shutdown()
  }

  @Test func aNodeThatIsGoneIsPassedOverEvenIfNobodyAsksForOwnWrites() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, false], in: .galera)
    let client = try await fleet.client(.preferReplica) { $0.readYourWrites = false }
    #expect(try await client.read { try await fleet.server(of: $0) } == 1)
    #expect(fleet.member(1).waits == 0)
    let open = client.status.open
    fleet.servers[1].stop()
    #expect(await wait { client.status.open < open }, "the idle connection was lost")
    #expect(try await client.read { try await fleet.server(of: $0) } == 0)
    await client.shutdown()
  }

  @Test func aPositionIsWaitedForOnASingleServerToo() async throws {
    let fleet = try ScriptedFleet(readOnly: [true])
    let client = try MySQLClient(
      MySQLConfiguration.several(fleet.endpoints) { $0.catchUpTimeout = .milliseconds(10) })
    let position = try #require(MySQLPosition("\(ScriptedFleet.source):1"))
    #expect(try await client.read(after: position) { try await fleet.server(of: $0) } == 0)
    #expect(fleet.member(0).waits == 1)
    fleet.change(0) { $0.hasCaughtUp = false }
    let error = await failure { try await client.read(after: position) { try await $0.ping() } }
    #expect(error?.kind == .timeout)
    #expect(client.status.leased == 0)
    await client.shutdown()
  }
}

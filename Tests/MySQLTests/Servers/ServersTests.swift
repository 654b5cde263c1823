import MySQLTesting
import Testing

@testable import MySQL

/// Clients of several servers: which one gets what, and what happens when roles change.
@Suite(.timed) struct ServersTests {
  /// Returns a client that knows what its servers are: on a busy machine, the first replies may take longer than it waits.
  private func client(
    _ fleet: ScriptedFleet, _ target: MySQLConfiguration.Target,
    _ change: (inout MySQLConfiguration) -> Void = { _ in }
  ) async throws -> MySQLClient {
    let client = try MySQLClient(
      MySQLConfiguration.several(fleet.endpoints) {
        $0.target = target
        $0.statementMode = .text
        $0.idleCheck = nil
        change(&$0)
      })
    guard target != .any else { return client }
    Task { await client.run() }
    #expect(await wait { client.serverStatus.allSatisfy { $0.role != nil } })
    return client
  }

  private func server(_ queryable: some MySQLQueryable) async throws -> Int {
    try await queryable.query("SELECT server").collect()[0].decode(Int.self)
  }

  @Test func eachTargetSendsStatementsWhereItSays() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, false, true])
    let table: [(MySQLConfiguration.Target, statement: Int, read: Int)] = [
      (.any, 0, 0), (.primary, 1, 1), (.replica, 0, 0), (.preferReplica, 1, 0),
    ]
    for (target, statement, read) in table {
      let client = try await client(fleet, target)
      #expect(try await server(client) == statement, "\(target)")
      #expect(try await client.read { try await server($0) } == read, "\(target)")
      #expect(try await client.withConnection { try await server($0) } == statement, "\(target)")
      #expect(try await client.withTransaction { try await server($0) } == statement, "\(target)")
      #expect(try await client.withTransaction(readOnly: true) { try await server($0) } == read, "\(target)")
      await client.shutdown()
    }
  }

  @Test func saysWhatItKnowsOfItsServers() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, false, false])
    let client = try await client(fleet, .preferReplica)
    _ = try await client.read { try await server($0) }
    let status = client.serverStatus
    // Whichever of the two replied in time.
    #expect([[.replica, .primary, .rival], [.replica, .rival, .primary]].contains(status.map(\.role)))
    #expect(status.map(\.endpoint) == fleet.endpoints.map(\.text))
    #expect(status.map(\.open) == [1, 0, 0])
    #expect(status.allSatisfy { $0.leased == 0 && $0.failure == nil })
    #expect(client.status.open == 1)
    await client.shutdown()
  }

  @Test func aWriteIsSentToTheNewPrimary() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, true])
    let client = try await client(fleet, .primary)
    try await client.execute("INSERT one")
    fleet.promote(1)
    // The former primary refuses it, which carries out nothing.
    try await client.execute("INSERT two")
    #expect(fleet.counts(of: "INSERT one") == [1, 0])
    #expect(fleet.counts(of: "INSERT two") == [1, 1])
    try await client.execute("INSERT three")
    #expect(fleet.counts(of: "INSERT three") == [0, 1])
    #expect(
      await wait { client.serverStatus.first?.open == 0 }, "the connections to the former primary are closed")
    await client.shutdown()
  }

  @Test func aTransactionIsRepeatedOnTheNewPrimary() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, true])
    let client = try await client(fleet, .primary)
    try await client.execute("INSERT one")
    fleet.promote(1)
    let failure = await failure {
      try await client.withTransaction { try await $0.execute("INSERT two") }
    }
    #expect(failure?.server?.code == .optionPreventsStatement)
    #expect(failure?.endpoint == fleet.endpoints[0].text)
    #expect(failure?.description.hasSuffix("[at \(fleet.endpoints[0].text)]") == true)
    fleet.promote(0)
    try await client.execute("INSERT three")
    fleet.promote(1)
    try await client.withTransaction(retries: 1) { try await $0.execute("INSERT four") }
    #expect(fleet.counts(of: "INSERT four")[1] == 1)
    await client.shutdown()
  }

  @Test func writesWaitUntilThereIsAPrimary() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, true])
    let client = try await client(fleet, .preferReplica)
    _ = try await client.read { try await server($0) }
    let write = Task { try await client.execute("INSERT one") }
    try await Task.sleep(for: .milliseconds(300))
    #expect(fleet.counts(of: "INSERT one") == [0, 0])
    fleet.promote(1)
    try await expectPunctual(.milliseconds(400)) { try await duration { _ = try await write.value } }
    #expect(fleet.counts(of: "INSERT one") == [0, 1])
    await client.shutdown()
  }

  @Test func whoeverWaitsInVainIsToldWhatEachServerIs() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, true])
    let client = try await client(fleet, .primary) { $0.acquireTimeout = .milliseconds(300) }
    let error = await failure { try await client.execute("INSERT one") }
    #expect(error?.kind == .timeout)
    for endpoint in fleet.endpoints {
      #expect(error?.message.contains("\(endpoint.text) is read-only") == true)
    }
    await client.shutdown()
  }

  @Test(arguments: [MySQLConfiguration.Target.any, .primary, .replica, .preferReplica])
  func serversThatAreNotThereFailAtOnce(_ target: MySQLConfiguration.Target) async throws {
    let endpoints = try [MySQLConfiguration.Endpoint.closed(), .closed()]
    let client = try MySQLClient(MySQLConfiguration.several(endpoints) { $0.target = target })
    for _ in 0..<2 {
      let taken = await duration {
        let error = await failure { try await client.execute("INSERT one") }
        #expect(error?.kind == .connectionRefused)
        for endpoint in endpoints { #expect(error?.message.contains(endpoint.text) == true) }
      }
      #expect(taken < .seconds(2))
    }
    await client.shutdown()
  }

  @Test(arguments: [MySQLConfiguration.Target.any, .primary, .replica, .preferReplica])
  func aWrongPasswordIsReportedAtOnce(_ target: MySQLConfiguration.Target) async throws {
    let servers = try (0..<2).map { _ in try ScriptedServer.refusing(1045, state: "28000") }
    let client = try MySQLClient(
      MySQLConfiguration.several(servers.map(\.endpoint)) { $0.target = target })
    let error = await failure { try await client.execute("INSERT one") }
    #expect(error?.kind == .authentication)
    await client.shutdown()
  }

  @Test func aServerThatIsGoneIsLeftAndComesBack() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, false])
    let client = try await client(fleet, .any)
    #expect(try await server(client) == 0)
    fleet.change(0) { $0.isSilent = true }
    for connection in fleet.servers[0].connections { connection.reset() }
    // The connection that was open is found dead, or the statement is lost with it.
    _ = try? await server(client)
    try await expectPunctual(.milliseconds(2600)) {
      try await duration {
        let server = try await server(client)
        #expect(server == 1)
      }
    }
    fleet.change(0) { $0.isSilent = false }
    // It is asked again when there is something to do, and at most a second apart.
    let end = ContinuousClock.now + .seconds(5)
    while client.serverStatus[0].failure != nil, end > .now {
      _ = try await server(client)
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(client.serverStatus[0].failure == nil)
    await client.shutdown()
  }

  @Test func aReplicaIsWaitedForOnceAfterAWrite() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, true])
    let client = try await client(fleet, .preferReplica)
    for _ in 0..<3 { #expect(try await client.read { try await server($0) } == 1) }
    #expect(fleet.member(1).waits == 0, "nothing was written")
    #expect(client.position.isEmpty)
    try await client.execute("INSERT one")
    #expect(client.position.description == "\(ScriptedFleet.source):1")
    for _ in 0..<3 { #expect(try await client.read { try await server($0) } == 1) }
    #expect(fleet.member(1).waits == 1)
    try await client.execute("INSERT two")
    #expect(client.position.description == "\(ScriptedFleet.source):1-2")
    #expect(try await client.withTransaction(readOnly: true) { try await server($0) } == 1)
    #expect(fleet.member(1).waits == 2)
    await client.shutdown()
  }

  @Test func thePrimaryIsReadWhereReplicasDoNotCatchUp() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, false, true])
    let client = try await client(fleet, .preferReplica)
    fleet.change(0) { $0.hasCaughtUp = false }
    try await client.execute("INSERT one")
    #expect(try await client.read { try await server($0) } == 2)
    fleet.change(2) { $0.hasCaughtUp = false }
    try await client.execute("INSERT two")
    #expect(try await client.read { try await server($0) } == 1)
    let waits = (fleet.member(0).waits, fleet.member(2).waits)
    // Both are known to be late.
    #expect(try await client.read { try await server($0) } == 1)
    #expect((fleet.member(0).waits, fleet.member(2).waits) == waits)
    await client.shutdown()
  }

  /// The members of a group accept writes, and reads, before they have finished their backlog.
  @Test func theNewPrimaryOfAGroupIsWaitedForOnce() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, true], in: .group)
    let client = try await client(fleet, .preferReplica)
    try await client.execute("INSERT one")
    fleet.promote(1)
    for _ in 0..<3 { try await client.execute("INSERT two") }
    #expect(fleet.counts(of: "INSERT two") == [1, 3])
    #expect(fleet.member(0).waits == 0)
    #expect(fleet.member(1).waits == 1)
    fleet.change(0) { $0.hasCaughtUp = false }
    fleet.promote(0)
    let write = Task { try await client.execute("INSERT three") }
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
    let client = try await client(fleet, .preferReplica) { $0.catchUpTimeout = .seconds(20) }
    for number in 0...1 { fleet.change(number) { $0.transaction = 42 } }
    #expect(try await client.read { try await server($0) } == 1)
    #expect(fleet.member(1).waits == 1)
    fleet.change(0) { $0.transaction = 43 }
    let reading = Task { try await client.read { try await server($0) } }
    #expect(await wait { fleet.member(1).waits > 3 })
    #expect(fleet.counts(of: "SELECT server") == [0, 1])
    fleet.change(1) { $0.transaction = 43 }
    #expect(try await reading.value == 1)
    await client.shutdown()
  }

  @Test func aNodeOfAnotherClusterIsNotReadFrom() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, false], in: .galera)
    let client = try await client(fleet, .preferReplica)
    fleet.change(1) {
      $0.history = "another"
      $0.transaction = 1_000_000
    }
    #expect(try await client.read { try await server($0) } == 0)
    let waits = fleet.member(1).waits
    #expect(waits == 1)
    #expect(try await client.read { try await server($0) } == 0, "it is known to be late")
    #expect(fleet.member(1).waits == waits)
    await client.shutdown()
  }

  @Test func ownWritesAreNotWaitedForIfNobodyAsks() async throws {
    let fleet = try ScriptedFleet(readOnly: [false, true])
    let client = try await client(fleet, .preferReplica) { $0.readYourWrites = false }
    fleet.change(1) { $0.hasCaughtUp = false }
    try await client.execute("INSERT one")
    #expect(try await client.read { try await server($0) } == 1)
    #expect(client.position.isEmpty)
    #expect(fleet.member(1).waits == 0)
    // A position that a program brings along counts in any case.
    let position = try #require(MySQLPosition("\(ScriptedFleet.source):1"))
    #expect(try await client.read(after: position) { try await server($0) } == 0)
    await client.shutdown()
  }

  @Test func aPositionIsWaitedForOnASingleServerToo() async throws {
    let fleet = try ScriptedFleet(readOnly: [true])
    let client = try MySQLClient(
      MySQLConfiguration.several(fleet.endpoints) { $0.catchUpTimeout = .milliseconds(10) })
    let position = try #require(MySQLPosition("\(ScriptedFleet.source):1"))
    #expect(try await client.read(after: position) { try await server($0) } == 0)
    #expect(fleet.member(0).waits == 1)
    fleet.change(0) { $0.hasCaughtUp = false }
    let error = await failure { try await client.read(after: position) { try await $0.ping() } }
    #expect(error?.kind == .timeout)
    #expect(client.status.leased == 0)
    await client.shutdown()
  }

  @Test func aSingleConnectionGoesToTheServerThatTheTargetAsksFor() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, false])
    let table: [(MySQLConfiguration.Target, Int)] = [
      (.any, 0), (.primary, 1), (.replica, 0), (.preferReplica, 0),
    ]
    for (target, expected) in table {
      let settings = MySQLConfiguration.several(fleet.endpoints) { $0.target = target }
      let connection = try await MySQLConnection.connect(settings)
      #expect(try await server(connection) == expected, "\(target)")
      #expect(connection.server.endpoint == fleet.endpoints[expected].text)
      await connection.close()
    }
    fleet.change(0) { $0.isReadOnly = false }
    let fallback = try await MySQLConnection.connect(
      MySQLConfiguration.several(fleet.endpoints) { $0.target = .preferReplica })
    await fallback.close()
    let settings = MySQLConfiguration.several(fleet.endpoints) { $0.target = .replica }
    let error = await failure { try await MySQLConnection.connect(settings) }
    #expect(error?.message.contains("none of the servers is a replica") == true)
  }

  @Test func shutsDownWithCallsThatWait() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, true])
    let client = try await client(fleet, .primary)
    let run = Task { await client.run() }
    let write = Task { await failure { try await client.execute("INSERT one") } }
    try await Task.sleep(for: .milliseconds(100))
    await client.shutdown()
    #expect(await write.value?.kind == .connectionClosed)
    await run.value
    #expect(await failure { try await client.execute("INSERT two") }?.kind == .connectionClosed)
  }

  @Test func aCancelledCallDoesNotWait() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, true])
    let client = try await client(fleet, .primary)
    let write = Task { () -> MySQLError? in
      do throws(MySQLError) { try await client.execute("INSERT one") } catch { return error }
      return nil
    }
    try await Task.sleep(for: .milliseconds(100))
    write.cancel()
    #expect(await write.value?.kind == .cancelled)
    await client.shutdown()
  }
}

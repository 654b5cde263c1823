import MySQLTesting
import Testing

@testable import MySQL

/// Clients of several servers: which one gets what, and what happens when roles change.
@Suite(.timed) struct ServersTests {
  @Test func eachTargetSendsStatementsWhereItSays() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, false, true])
    let table: [(MySQLConfiguration.Target, statement: Int, read: Int)] = [
      (.any, 0, 0), (.primary, 1, 1), (.replica, 0, 0), (.preferReplica, 1, 0),
    ]
    for (target, statement, read) in table {
      let client = try await fleet.client(target)
      #expect(try await fleet.server(of: client) == statement, "\(target)")
      #expect(try await client.read { try await fleet.server(of: $0) } == read, "\(target)")
      #expect(try await client.withConnection { try await fleet.server(of: $0) } == statement, "\(target)")
      #expect(try await client.withTransaction { try await fleet.server(of: $0) } == statement, "\(target)")
      #expect(
        try await client.withTransaction(readOnly: true) { try await fleet.server(of: $0) } == read,
        "\(target)")
      await client.shutdown()
    }
  }

  @Test func saysWhatItKnowsOfItsServers() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, false, false])
    let client = try await fleet.client(.preferReplica)
    _ = try await client.read { try await fleet.server(of: $0) }
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
    let client = try await fleet.client(.primary)
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
    let client = try await fleet.client(.primary)
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
    let client = try await fleet.client(.preferReplica)
    _ = try await client.read { try await fleet.server(of: $0) }
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
    let client = try await fleet.client(.primary) { $0.acquireTimeout = .milliseconds(300) }
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
    let client = try await fleet.client(.any)
    #expect(try await fleet.server(of: client) == 0)
    fleet.change(0) { $0.isSilent = true }
    for connection in fleet.servers[0].connections { connection.reset() }
    // The connection that was open is found dead, or the statement is lost with it.
    _ = try? await fleet.server(of: client)
    try await expectPunctual(.milliseconds(2600)) {
      try await duration {
        let server = try await fleet.server(of: client)
        #expect(server == 1)
      }
    }
    fleet.change(0) { $0.isSilent = false }
    // It is asked again when there is something to do, and at most a second apart.
    let end = ContinuousClock.now + .seconds(5)
    while client.serverStatus[0].failure != nil, end > .now {
      _ = try await fleet.server(of: client)
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(client.serverStatus[0].failure == nil)
    await client.shutdown()
  }

  @Test func aSingleConnectionGoesToTheServerThatTheTargetAsksFor() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, false])
    let table: [(MySQLConfiguration.Target, Int)] = [
      (.any, 0), (.primary, 1), (.replica, 0), (.preferReplica, 0),
    ]
    for (target, expected) in table {
      let connection = try await fleet.connection(target)
      #expect(try await fleet.server(of: connection) == expected, "\(target)")
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

  @Test func aPoolWithoutAFreeConnectionNamesItsServer() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, false])
    let client = try await fleet.client(.primary) { $0.maxConnections = 1 }
    try await client.withConnection { _ in
      let error = await #expect(throws: MySQLError.self) {
        try await client.execute("INSERT one", timeout: .milliseconds(50))
      }
      #expect(error?.kind == .timeout && error?.endpoint == fleet.endpoints[1].text)
      #expect(error?.description.contains("max-connections") == true)
    }
    await client.shutdown()
  }

  @Test func shutsDownWithCallsThatWait() async throws {
    let fleet = try ScriptedFleet(readOnly: [true, true])
    let client = try await fleet.client(.primary)
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
    let client = try await fleet.client(.primary)
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

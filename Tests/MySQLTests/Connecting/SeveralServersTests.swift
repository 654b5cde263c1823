import MySQLTesting
import Testing

@testable import MySQL

/// Settings that name several servers: which one is used, and how long those cost that are not there.
@Suite(.timed) struct SeveralServersTests {
  @Test func theFirstServerIsUsedWhileItIsThere() async throws {
    let (first, second) = (try ScriptedServer.echo(), try ScriptedServer.echo())
    let settings = MySQLConfiguration.several([first.endpoint, second.endpoint])
    var count = 0
    for _ in 1...7 {
      let client = try await MySQLConnection.connect(settings)
      #expect(client.server.endpoint == client.endpoint.text)
      #expect(client.configuration == settings)
      try await client.ping()
      if client.endpoint == first.endpoint { count += 1 }
      await client.close()
    }
    // On a busy machine, a login may take longer than the delay, but hardly each of them.
    #expect(count >= 4)
  }

  @Test func aServerThatRefusesCostsNoTime() async throws {
    let server = try ScriptedServer.echo()
    // Below the delay after which the next one is tried anyway.
    try await expectPunctual(.milliseconds(150)) {
      let settings = try MySQLConfiguration.several([.closed(), .closed(), server.endpoint])
      return try await duration {
        let client = try await MySQLConnection.connect(settings)
        #expect(client.endpoint == server.endpoint)
        await client.close()
      }
    }
  }

  @Test func aServerWhosePacketsAreLostCostsAQuarterOfASecond() async throws {
    let hole = try BlackHole()
    defer { hole.close() }
    let server = try ScriptedServer.echo()
    let settings = MySQLConfiguration.several([.tcp(host: "127.0.0.1", port: hole.port), server.endpoint])
    try await expectPunctual(.milliseconds(250)) {
      try await duration {
        let client = try await MySQLConnection.connect(settings)
        #expect(client.endpoint == server.endpoint)
        await client.close()
      }
    }
  }

  @Test func aServerThatNeverGreetsCostsAQuarterOfASecondAndIsLeft() async throws {
    try await expectPunctual(.milliseconds(250)) {
      let (silent, server) = (try ScriptedServer.silent(), try ScriptedServer.echo())
      let settings = MySQLConfiguration.several([silent.endpoint, server.endpoint])
      let taken = try await duration {
        let client = try await MySQLConnection.connect(settings)
        #expect(client.endpoint == server.endpoint)
        await client.close()
      }
      #expect(try await silent.connection().waitForEnd(), "the socket is still open")
      return taken
    }
  }

  /// The first login counts, and not the first connection or greeting.
  @Test func theFirstLoginWins() async throws {
    let slow = try ScriptedServer { connection in
      try connection.sendGreeting()
      try connection.readLogin()
      try connection.stall()
    }
    let server = try ScriptedServer.echo()
    let client = try await MySQLConnection.connect(
      MySQLConfiguration.several([slow.endpoint, server.endpoint]))
    #expect(client.endpoint == server.endpoint)
    #expect(try await slow.connection().waitForEnd(), "the socket is still open")
    try await client.ping()
    await client.close()
  }

  /// Others would see a login that is cut off, and block this host after too many.
  @Test func aServerThatHasGreetedHasTimeForItsLogin() async throws {
    let far = try ScriptedServer { connection in
      try connection.sendGreeting()
      try connection.readLogin()
      try connection.delay(.milliseconds(500))
      try connection.sendOK()
      try connection.stall()
    }
    let other = try ScriptedServer.echo()
    let client = try await MySQLConnection.connect(
      MySQLConfiguration.several([far.endpoint, other.endpoint]))
    #expect(client.endpoint == far.endpoint)
    #expect(other.connections.isEmpty)
    await client.close()
  }

  /// Time is not cut into shares: a server that is slow has all of it.
  @Test func aSlowServerHasTheWholeTime() async throws {
    let slow = try ScriptedServer { connection in
      try connection.delay(.milliseconds(1200))
      try connection.acceptLogin()
      try connection.stall()
    }
    let settings = try MySQLConfiguration.several([slow.endpoint, .closed(), .closed()]) {
      $0.connectTimeout = .seconds(3)
    }
    let client = try await MySQLConnection.connect(settings)
    #expect(client.endpoint == slow.endpoint)
    await client.close()
  }

  @Test func theTimeIsForAllTogether() async throws {
    let servers = try (0..<3).map { _ in try ScriptedServer.silent() }
    let deadline = Duration.milliseconds(600)
    let settings = MySQLConfiguration.several(servers.map(\.endpoint)) { $0.connectTimeout = deadline }
    try await expectPunctual(deadline) {
      await duration {
        let error = await failure { try await MySQLConnection.connect(settings) }
        #expect(error?.kind == .timeout && error?.isRetryable == true)
        for server in servers {
          #expect(error?.message.contains("\(server.endpoint.text): timed out") == true, "\(error as Any)")
        }
      }
    }
    for server in servers {
      #expect(try await server.connection().waitForEnd(), "a socket is still open")
    }
  }

  @Test func anAddressWhoseTurnComesTooLateIsNotTried() async throws {
    let server = try ScriptedServer.silent()
    let settings = MySQLConfiguration.several([server.endpoint])
    let destination = try Destination(settings: settings, tls: nil, observer: nil, loop: .shared)
    var deadline = Deadline.after(.seconds(10))
    let addresses = try await Resolver.addresses(of: server.endpoint, by: &deadline)
    let error = await failure {
      var past = Deadline.now
      _ = try await LoginRace.run([destination], known: addresses + addresses, by: &past)
    }
    #expect(error?.kind == .timeout)
    #expect(error?.message.contains("127.0.0.1 was not tried, because the time was up") == true)
    #expect(server.connections.isEmpty)
  }

  @Test func whereAllFailEachReasonIsGiven() async throws {
    let (closed, full) = (
      try MySQLConfiguration.Endpoint.closed(), try ScriptedServer.refusing(1040, state: "08004")
    )
    let settings = MySQLConfiguration.several([closed, .tcp(host: "no..such..host"), full.endpoint])
    let error = await failure { try await MySQLConnection.connect(settings) }
    #expect(error?.kind == .server && error?.server?.code == .tooManyConnections)
    #expect(error?.isRetryable == true)
    let message = error?.message ?? ""
    for words in [
      "cannot connect to \(closed.text), no..such..host:3306, \(full.endpoint.text) (",
      "(\(closed.text): Connection refused; the host 'no..such..host' has no address",
      "; \(full.endpoint.text): ERROR 1040 (08004): no room",
    ] { #expect(message.contains(words), "\(message)") }
  }

  @Test func whereNothingListensTheAdviceIsAsForOneServer() async throws {
    let settings = try MySQLConfiguration.several([.closed(), .closed()])
    let error = await failure { try await MySQLConnection.connect(settings) }
    #expect(error?.kind == .connectionRefused)
    #expect(error?.message.hasSuffix("bind-address, skip-networking, socket path)?") == true)
  }

  @Test(arguments: [1040, 1129, 1053, 1203, 3032] as [UInt16])
  func aServerThatIsNotReadyIsPassedOver(code: UInt16) async throws {
    let (unready, server) = (try ScriptedServer.refusing(code), try ScriptedServer.echo())
    let settings = MySQLConfiguration.several([unready.endpoint, server.endpoint])
    let client = try await MySQLConnection.connect(settings)
    #expect(client.endpoint == server.endpoint)
    await client.close()
  }

  @Test func anotherServiceIsPassedOver() async throws {
    let shell = try ScriptedServer { try $0.send(Array("SSH-2.0-OpenSSH_9.6\r\n".utf8)) }
    let lost = try ScriptedServer { $0.close() }
    let server = try ScriptedServer.echo()
    let settings = MySQLConfiguration.several(
      [.tcp(host: "no..such..host"), shell.endpoint, lost.endpoint, server.endpoint])
    let client = try await MySQLConnection.connect(settings)
    #expect(client.endpoint == server.endpoint)
    await client.close()
  }

  @Test(
    arguments: [
      (1045, "28000", .authentication), (1049, "42000", .server), (1130, "HY000", .authentication),
    ] as [(UInt16, String, MySQLError.Kind)])
  func aRefusalThatAllWouldRepeatEndsIt(code: UInt16, state: String, kind: MySQLError.Kind) async throws {
    let (refusing, other) = (try ScriptedServer.refusing(code, state: state), try ScriptedServer.silent())
    let settings = MySQLConfiguration.several([refusing.endpoint, other.endpoint])
    let error = await failure { try await MySQLConnection.connect(settings) }
    #expect(error?.kind == kind && error?.server?.code.rawValue == code && error?.reach == .notSent)
    #expect(error?.message.contains(refusing.endpoint.text) == true, "\(error as Any)")
  }

  @Test func aServerWithoutTLSIsNotPassedOverWhereTLSIsDemanded() async throws {
    let (plain, other) = (try ScriptedServer.echo(), try ScriptedServer.silent())
    let settings = MySQLConfiguration.several([plain.endpoint, other.endpoint]) { $0.tls.mode = .required }
    let error = await failure { try await MySQLConnection.connect(settings) }
    #expect(error?.kind == .tls)
    #expect(error?.message.contains(plain.endpoint.text) == true, "\(error as Any)")
  }

  @Test func cancellingLeavesAllServers() async throws {
    let servers = try (0..<2).map { _ in try ScriptedServer.silent() }
    let settings = MySQLConfiguration.several(servers.map(\.endpoint))
    let task = Task { try await MySQLConnection.connect(settings) }
    for server in servers { _ = try await server.connection() }
    task.cancel()
    let error = await failure(.seconds(1)) { try await task.value }
    #expect(error?.kind == .cancelled && error?.reach == .notSent)
    for server in servers {
      #expect(try await server.connection().waitForEnd(), "a socket is still open")
    }
  }

  @Test func credentialsAreAskedForOnce() async throws {
    let (silent, server) = (try ScriptedServer.silent(), try ScriptedServer.echo())
    let asked = Journal<[MySQLConfiguration.Endpoint]>()
    let settings = try MySQLConfiguration.several([.closed(), silent.endpoint, server.endpoint]) {
      $0.credentials = MySQLCredentialProvider { settings in
        asked.note(settings.endpoints)
        return MySQLCredentialProvider.Credentials(password: "token")
      }
    }
    let client = try await MySQLConnection.connect(settings)
    #expect(asked.entries == [settings.endpoints])
    #expect(client.endpoint == server.endpoint)
    await client.close()
  }

  @Test func aPoolWorksWithWhicheverServerIsThere() async throws {
    let server = try ScriptedServer.echo()
    let db = try MySQLClient(MySQLConfiguration.several([.closed(), server.endpoint]))
    #expect(try await db.query("SELECT 1").collect()[0].decode(String.self) == "SELECT 1")
    await db.shutdown()
  }

  /// A statement is ended at the server that runs it, whatever else the settings name.
  @Test func aKillGoesToTheServerOfItsConnection() async throws {
    let kills = Journal<String>()
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while true {
        guard case .query(let sql) = try connection.readCommand() else { return }
        if connection.index == 0 { try connection.stall() }
        kills.note(sql)
        if sql.contains("processlist") {
          try connection.sendResult(columns: [ServerScript.Column("COUNT(*)", .bigint)], rows: [[1]])
        } else {
          try connection.sendOK()
        }
      }
    }
    let other = try ScriptedServer.refusing(1053)
    let client = try await MySQLConnection.connect(
      MySQLConfiguration.several([other.endpoint, server.endpoint]) { $0.cancellation = .kill })
    #expect(client.endpoint == server.endpoint)
    let count = other.connections.count
    let task = Task { _ = try await client.query("SELECT SLEEP(9)").collect() }
    try await server.waitFor("SLEEP")
    task.cancel()
    _ = await failure { try await task.value }
    #expect(await wait { kills.entries.contains { $0.hasPrefix("KILL QUERY") } })
    #expect(other.connections.count == count)
    await client.close()
  }
}

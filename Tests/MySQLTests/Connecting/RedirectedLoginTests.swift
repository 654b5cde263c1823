import MySQLTesting
import Testing

@testable import MySQL

/// Logins at a server that sends its clients to another one.
@Suite(.timed) struct RedirectedLoginTests {
  /// How a server says where to go.
  enum Form: CaseIterable, Sendable, Codable {
    case variable, text

    fileprivate func accept(_ connection: ScriptedConnection, sendingTo url: String, user: String?) throws {
      switch self {
      case .variable:
        let name = user.map { "\($0)@" } ?? ""
        try connection.acceptLogin(.mariaDB, variables: ["redirect_url": "mysql://\(name)\(url)"])
      case .text:
        let name = user.map { "user=\($0)&" } ?? ""
        try connection.acceptLogin(info: "Location: mysql://\(url)/?\(name)ttl=60\n")
      }
    }
  }

  /// Returns a server that sends each client to another place and answers each query with `first`.
  private func redirecting(
    to url: String, user: String? = nil, _ form: Form = .variable,
    _ journal: Journal<ServerScript.Command> = Journal()
  ) throws -> ScriptedServer {
    try ScriptedServer { connection in
      try form.accept(connection, sendingTo: url, user: user)
      while true {
        let command = try connection.readCommand()
        journal.note(command)
        switch command {
        case .query: try connection.sendResult(columns: ["a"], rows: [["first"]])
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
  }

  @Test(arguments: Form.allCases) func theOtherServerIsUsedAndTheFirstOneLeft(form: Form) async throws {
    let (commands, statements) = (Journal<ServerScript.Command>(), Journal<String>())
    let target = try ScriptedServer { connection in
      let login = try connection.acceptLogin()
      statements.note(login.user)
      while case .query(let sql) = try connection.readCommand() {
        statements.note(sql)
        try connection.sendResult(columns: ["a"], rows: [["other"]])
      }
    }
    let first = try redirecting(to: target.endpoint.text, form, commands)
    let settings = try first.settings { $0.initCommands = ["SET @a = 1"] }
    let client = try await MySQLConnection.connect(settings)
    #expect(client.endpoint == target.endpoint && client.server.endpoint == target.endpoint.text)
    #expect(client.configuration == settings)
    #expect(try await client.query("SELECT 1").collect()[0].decode(String.self) == "other")
    #expect(try await first.connection().waitForEnd(), "the socket is still open")
    #expect(commands.entries == [.quit])
    #expect(statements.entries == ["test", "SET @a = 1", "SELECT 1"])
    await client.close()
  }

  @Test func theAccountIsTheOneThatIsNamed() async throws {
    let users = Journal<String>()
    let target = try ScriptedServer { connection in
      users.note(try connection.acceptLogin().user)
      try connection.stall()
    }
    let first = try redirecting(to: target.endpoint.text, user: "ada@db-1", .text)
    let client = try await first.connect()
    #expect(client.endpoint == target.endpoint)
    // The server notes it after it has let the client in.
    #expect(await wait { users.entries == ["ada@db-1"] })
    await client.close()
  }

  @Test func onlyOneRedirectionIsFollowed() async throws {
    let last = try ScriptedServer.silent()
    let second = try redirecting(to: last.endpoint.text)
    let first = try redirecting(to: second.endpoint.text)
    let client = try await first.connect()
    #expect(client.endpoint == second.endpoint)
    #expect(last.connections.isEmpty)
    #expect(try await client.query("SELECT 1").collect()[0].decode(String.self) == "first")
    await client.close()
  }

  @Test func aServerThatNamesItselfIsKept() async throws {
    let port = Locked(0)
    let first = try ScriptedServer { connection in
      try connection.acceptLogin(variables: ["redirect_url": "mysql://127.0.0.1:\(port.withLock { $0 })"])
      try connection.stall()
    }
    port.withLock { $0 = first.port }
    let client = try await first.connect()
    #expect(client.endpoint == first.endpoint)
    #expect(first.connections.count == 1)
    await client.close()
  }

  @Test func theSettingSwitchesItOff() async throws {
    let target = try ScriptedServer.silent()
    let first = try redirecting(to: target.endpoint.text)
    let client = try await first.connect { $0.followsRedirection = false }
    #expect(client.endpoint == first.endpoint)
    #expect(target.connections.isEmpty)
    await client.close()
  }

  /// By its name, 127.1 is not an address of this machine.
  @Test func aServerThatNobodyHasVerifiedIsNotFollowed() async throws {
    let target = try ScriptedServer.silent()
    let first = try redirecting(to: target.endpoint.text)
    let client = try await first.connect {
      $0.endpoint = .tcp(host: "127.1", port: UInt16(first.port))
      $0.tls.mode = .disabled
    }
    #expect(client.endpoint.host == "127.1")
    #expect(target.connections.isEmpty)
    await client.close()
  }

  @Test func clearTextDoesNotLeaveTheMachine() async throws {
    let target = try ScriptedServer.silent()
    let first = try redirecting(to: "127.1:\(target.port)")
    let client = try await first.connect { $0.tls.mode = .disabled }
    #expect(client.endpoint == first.endpoint)
    #expect(target.connections.isEmpty)
    await client.close()
  }

  /// What a server without TLS does to a client that was sent there from this machine.
  @Test func theOtherServerMustMeetTheSameDemands() async throws {
    let target = try ScriptedServer.echo()
    let first = try redirecting(to: "127.1:\(target.port)")
    let client = try await first.connect()
    #expect(client.endpoint == first.endpoint)
    #expect(target.connections.count == 1)
    #expect(try await client.query("SELECT 1").collect()[0].decode(String.self) == "first")
    await client.close()
  }

  enum Obstacle: CaseIterable, Sendable, Codable {
    case refusesConnections, hasNoSuchAccount, isAnotherService, isUnknown

    fileprivate func url() throws -> (String, ScriptedServer?) {
      switch self {
      case .refusesConnections: return (try MySQLConfiguration.Endpoint.closed().text, nil)
      case .hasNoSuchAccount:
        let server = try ScriptedServer.refusing(1045, state: "28000")
        return (server.endpoint.text, server)
      case .isAnotherService:
        let server = try ScriptedServer { try $0.send(Array("SSH-2.0-OpenSSH_9.6\r\n".utf8)) }
        return (server.endpoint.text, server)
      case .isUnknown: return ("no..such..host", nil)
      }
    }
  }

  @Test(arguments: Obstacle.allCases) func theFirstServerIsKeptWhereTheOtherFails(
    obstacle: Obstacle
  ) async throws {
    let (url, target) = try obstacle.url()
    let first = try redirecting(to: url)
    let client = try await first.connect { $0.initCommands = ["SET @a = 1"] }
    #expect(client.endpoint == first.endpoint && client.server.endpoint == first.endpoint.text)
    #expect(try await client.query("SELECT 1").collect()[0].decode(String.self) == "first")
    await client.close()
    target?.stop()
  }

  @Test func aServerThatNeverRepliesCostsHalfOfTheTime() async throws {
    try await expectPunctual(.milliseconds(400)) {
      let target = try ScriptedServer.silent()
      let first = try redirecting(to: target.endpoint.text)
      return try await duration {
        let client = try await first.connect {
          $0.connectTimeout = .milliseconds(800)
          $0.initCommands = ["SET @a = 1"]
        }
        #expect(client.endpoint == first.endpoint)
        await client.close()
      }
    }
  }

  @Test func cancellingLeavesBothServers() async throws {
    let target = try ScriptedServer.silent()
    let first = try redirecting(to: target.endpoint.text)
    let settings = try first.settings()
    let task = Task { try await MySQLConnection.connect(settings) }
    _ = try await target.connection()
    task.cancel()
    let error = await failure(.seconds(1)) { try await task.value }
    #expect(error?.kind == .cancelled && error?.reach == .notSent)
    for server in [first, target] {
      #expect(try await server.connection().waitForEnd(), "a socket is still open")
    }
  }

  /// A kill goes to the server that runs the statement, with its account, and is not sent on.
  @Test func aKillGoesToTheServerThatWasReached() async throws {
    let (kills, users) = (Journal<String>(), Journal<String>())
    let last = try ScriptedServer.silent()
    let target = try ScriptedServer { connection in
      users.note(
        try connection.acceptLogin(variables: ["redirect_url": "mysql://\(last.endpoint.text)"]).user)
      while case .query(let sql) = try connection.readCommand() {
        if sql.contains("SLEEP") {
          while !kills.entries.contains(where: { $0.hasPrefix("KILL QUERY") }) {
            try connection.delay(.milliseconds(1))
          }
          try connection.sendError(1317, state: "70100", message: "Query execution was interrupted")
        } else if sql.contains("processlist") {
          try connection.sendResult(columns: [ServerScript.Column("COUNT(*)", .bigint)], rows: [[1]])
        } else {
          kills.note(sql)
          try connection.sendOK()
        }
      }
    }
    let first = try redirecting(to: target.endpoint.text, user: "ada")
    let client = try await first.connect { $0.cancellation = .kill }
    #expect(client.endpoint == target.endpoint)
    let task = Task { _ = try await client.query("SELECT SLEEP(9)").collect() }
    try await target.waitFor("SLEEP")
    task.cancel()
    let error = await failure { try await task.value }
    #expect(error?.kind == .cancelled)
    try await client.execute("DO 1")
    #expect(users.entries == ["ada", "ada"])
    #expect(first.connections.count == 1 && last.connections.isEmpty)
    await client.close()
  }

  @Test func oneOfSeveralServersMaySendItsClientsOn() async throws {
    let target = try ScriptedServer.echo()
    let first = try redirecting(to: target.endpoint.text)
    let client = try await MySQLConnection.connect(.several([.closed(), first.endpoint]))
    #expect(client.endpoint == target.endpoint)
    try await client.ping()
    await client.close()
  }

  @Test func eachConnectionOfAPoolIsSentOn() async throws {
    let target = try ScriptedServer.echo()
    let first = try redirecting(to: target.endpoint.text)
    let db = try MySQLClient(first.settings())
    #expect(try await db.query("SELECT 1").collect()[0].decode(String.self) == "SELECT 1")
    await db.shutdown()
    #expect(first.connections.count == target.connections.count)
  }
}

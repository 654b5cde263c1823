import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct RogueInfileTests {
  /// Where a server asks for a file that nobody offered.
  enum Position: String, CaseIterable, CustomTestStringConvertible {
    case inTheLogin, toAnInitCommand, toASelect, toAPing, toUse, toReset, toAChangeOfUser, asSecondResult
    case amongRows, whileIdle, whileDraining

    var testDescription: String { rawValue }
  }

  private static let path = "/etc/passwd"

  @Test(arguments: Position.allCases, [false, true])
  func aServerGetsNoFileThatItAsksFor(position: Position, isLoadingAllowed: Bool) async throws {
    let sentBefore = Counter()
    let server = try ScriptedServer { connection in
      try Self.playUpToTheRequest(position, connection)
      sentBefore.add(connection.received.count)
      try connection.requestFile(Self.path)
      try connection.stall()
    }
    let settings = try server.settings {
      $0.allowsLocalInfile = isLoadingAllowed
      $0.connectTimeout = .seconds(3)
      $0.queryTimeout = .seconds(3)
      if position == .toAnInitCommand { $0.initCommands = ["SET @a = 1"] }
    }
    let error = await failure { try await Self.use(position, try await MySQLConnection.connect(settings)) }
    #expect(error != nil)
    #expect(sentBefore.value > 0)
    let connection = try await server.connection()
    #expect(await connection.waitForEnd(), "the socket is still open")
    // Nothing, or the empty packet that declines.
    let sent = connection.received.dropFirst(sentBefore.value)
    #expect(sent.isEmpty || sent.count == 4 && sent.prefix(3) == [0, 0, 0], "\(Array(sent))")
    if sent.count == 4 { #expect([.toASelect, .asSecondResult, .toAnInitCommand].contains(position)) }
  }

  private static func playUpToTheRequest(_ position: Position, _ connection: ScriptedConnection) throws {
    if position == .inTheLogin {
      try connection.sendGreeting()
      try connection.readLogin()
      return
    }
    try connection.acceptLogin()
    _ = try connection.readCommand()
    switch position {
    case .asSecondResult: try connection.sendResult(columns: ["a"], rows: [["1"]], status: .moreResults)
    case .amongRows, .whileDraining:
      try connection.sendColumns(["a"])
      try connection.sendRows([["1"]], of: ["a"])
    case .whileIdle: try connection.sendOK()
    default: break
    }
  }

  private static func use(_ position: Position, _ client: MySQLConnection) async throws {
    switch position {
    case .inTheLogin, .toAnInitCommand: break
    case .toAPing: try await client.ping()
    case .toUse: try await client.useDatabase("shop")
    case .toReset: try await client.reset()
    case .toAChangeOfUser: try await client.changeUser("ada", password: "canary-7f3a91")
    case .toASelect, .asSecondResult, .amongRows: _ = try await client.query("SELECT a FROM t").collect()
    case .whileIdle:
      try await client.execute("DO 1")
      await client.expectClosed()
      try await client.ping()
    case .whileDraining:
      _ = try await client.query("SELECT a FROM t")
      try await client.ping()
    }
  }

  @Test func aRefusedFileLeavesTheConnectionInOrder() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.requestFile(Self.path)
      #expect(try connection.readFile().isEmpty)
      try connection.sendError(2, message: "no file")
      #expect(try connection.readCommand() == .ping)
      try connection.sendOK()
      _ = try connection.readCommand()
    }
    let client = try await server.connect { $0.allowsLocalInfile = true }
    let error = await failure { try await client.execute("SELECT 1") }
    #expect(error?.kind == .localInfile)
    try await client.ping()
    await client.close()
    server.stop()
    #expect(server.errors.isEmpty)
  }
}

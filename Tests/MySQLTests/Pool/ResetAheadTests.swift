import MySQL
import MySQLTesting
import Testing

/// What goes ahead of the next holder's statement, where commands may follow each other without waiting.
@Suite(.timed) struct ResetAheadTests {
  /// What a holder leaves, and the command of the reset that the server then refuses.
  enum Leftover: String, CaseIterable, CustomTestStringConvertible {
    case variable, otherDatabase, beforeInitCommands

    var testDescription: String { rawValue }
    var sql: MySQLQuery { self == .otherDatabase ? "USE other" : "SET @a = 1" }

    func refuses(_ command: ServerScript.Command) -> Bool {
      switch (self, command) {
      case (.otherDatabase, .useDatabase), (.beforeInitCommands, .query("SET @b = 1")): true
      default: false
      }
    }
  }

  private let log = Journal<String>()

  /// Answers nothing from a reset on until no more commands arrive, and refuses one of them.
  private func serve(_ leftover: Leftover) throws -> ScriptedServer {
    try ScriptedServer { [log] connection in
      try connection.acceptLogin()
      var hasReset = false
      while true {
        var commands = [try connection.readCommand()]
        if case .quit = commands[0] { return }
        if case .resetConnection = commands[0] {
          hasReset = true
          while let next = try? connection.readCommand(timeout: .milliseconds(150)) { commands.append(next) }
        }
        if commands.contains(.query("INSERT INTO t VALUES (1)")) {
          log.note(commands.count > 1 ? "inserted together" : "inserted alone")
        }
        for command in commands {
          connection.sequence = 1
          if hasReset, leftover.refuses(command) {
            try connection.sendError(1049, message: "Unknown database")
          } else {
            try connection.sendOK()
          }
        }
      }
    }
  }

  @Test(arguments: Leftover.allCases)
  func aStatementWaitsForWhatItsMeaningDependsOn(leftover: Leftover) async throws {
    let server = try serve(leftover)
    defer { server.stop() }
    let client = try MySQLClient(
      server.settings {
        $0.maxConnections = 1
        $0.database = "shop"
        $0.pipelining = true
        if leftover == .beforeInitCommands { $0.initCommands = ["SET @b = 1"] }
      })
    let waiter = try await client.withConnection { connection in
      try await connection.execute(leftover.sql)
      let waiter = Task { await failure { try await client.execute("INSERT INTO t VALUES (1)") } }
      #expect(await wait { client.status.waiting == 1 })
      return waiter
    }
    let error = await waiter.value
    if leftover == .variable {
      #expect(error == nil && log.entries == ["inserted together"], "\(error as Any)")
    } else {
      #expect(error?.reach == .notSent && log.entries == [], "\(error as Any)")
    }
    await client.shutdown()
  }
}

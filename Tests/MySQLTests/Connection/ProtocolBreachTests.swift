import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct ProtocolBreachTests {
  /// How a server breaks the protocol in the middle of a result.
  enum Breach: String, CaseIterable, CustomTestStringConvertible {
    case sequence, halfRow, longRow, okInPlaceOfARow, endWithARest

    var testDescription: String { rawValue }

    func send(_ connection: ScriptedConnection) throws {
      switch self {
      case .sequence:
        connection.sequence &+= 1
        try connection.sendRows([["3"]], of: ["a"])
      case .halfRow: try connection.sendPacket([5, 0x33])
      case .longRow: try connection.sendPacket([1, 0x33, 0x34])
      case .okInPlaceOfARow: try connection.sendPacket([0, 0, 0, 2, 0, 0, 0])
      case .endWithARest: try connection.sendPacket([0xFE, 0, 0, 2, 0, 0, 0, 0, 0])
      }
    }
  }

  @Test(arguments: Breach.allCases) func nothingIsSentAfterABreachOfTheProtocol(breach: Breach) async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendColumns(["a"])
      try connection.sendRows([["1"], ["2"]], of: ["a"])
      try breach.send(connection)
      // A client that continued would take this for the answer to its next command.
      connection.sequence = 1
      try connection.sendOK()
      try connection.stall()
    }
    let client = try await server.connect()
    let rows = Counter()
    let error = await failure {
      for try await row in try await client.query("SELECT a FROM t") {
        rows.add(1)
        #expect(try row[0].decode(String.self) == "\(rows.value)")
      }
    }
    #expect(error?.kind == .protocolViolation && error?.reach == .unknown)
    #expect(rows.value == 2)
    await client.expectClosed()
    let connection = try await server.connection()
    #expect(await connection.waitForEnd())
    #expect(String(decoding: connection.received, as: UTF8.self).hasSuffix("\u{3}SELECT a FROM t"))
  }

  /// A server that announces such results sends none, so the client would wait in vain.
  @Test(arguments: ["ping", "use", "reset", "change user"])
  func resultsOfACommandThatHasNoneBreakTheProtocol(command: String) async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendOK(status: [.autocommit, .moreResults])
      try connection.stall()
    }
    defer { server.stop() }
    let client = try await server.connect()
    let error = await failure(.seconds(3)) {
      switch command {
      case "ping": try await client.ping()
      case "use": try await client.useDatabase("other")
      case "reset": try await client.reset()
      default: try await client.changeUser("other")
      }
    }
    #expect(error?.kind == .protocolViolation && error?.reach == .unknown)
    await client.expectClosed()
  }
}

import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct BackPressureTests {
  /// What a server sends endlessly.
  enum Flood: String, CaseIterable, CustomTestStringConvertible {
    case rows, results, columns

    var testDescription: String { rawValue }
    private static let manyBytes = ["a", "b", "c"].map {
      ServerScript.Column(String(repeating: $0, count: 1000), .varchar)
    }

    /// Sends some of it and returns the number of bytes.
    func send(_ connection: ScriptedConnection) throws -> Int {
      switch self {
      case .rows:
        let row: [ServerScript.Cell] = [.text(String(repeating: "x", count: 1000))]
        try connection.sendRows(Array(repeating: row, count: 60), of: ["a"])
        return 60 * 1007
      case .results:
        // One for each packet number, so that the next ones begin with the same number. Each has 1000 bytes of text.
        let words = [0xFC, 0xE8, 3] + [UInt8](repeating: 0x78, count: 1000)
        try connection.send(
          (0..<256).flatMap { [0xF2, 3, 0, connection.sequence &+ UInt8($0), 0, 0, 0, 8, 0, 0, 0] + words })
        return 256 * 1014
      case .columns:
        try connection.sendResult(columns: Self.manyBytes, rows: [], status: .moreResults)
        return 3000
      }
    }
  }

  /// The kernel's buffers on both sides take some megabytes; the rest must wait at the server.
  @Test(arguments: Flood.allCases) func aReaderThatStopsReadingStopsTheServer(flood: Flood) async throws {
    let sent = Counter()
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      if flood == .rows { try connection.sendColumns(["a"]) }
      while true { sent.add(try flood.send(connection)) }
    }
    let client = try await server.connect()
    do {
      let results = try await watched { try await client.results(of: "SELECT a FROM t") }
      let sum = try await watched(.seconds(30)) { try await sent.settled() }
      #expect(sum > 0 && sum < 32 << 20, "\(sum) bytes")
      // The reader continues, and so does the server.
      try await watched(.seconds(30)) {
        while sent.value <= sum {
          for try await part in results {
            guard case .rows(let rows) = part else { break }
            for try await _ in rows where sent.value > sum { break }
            break
          }
        }
      }
    }
    // The result has no end, so it cannot be drained.
    await client.expectClosed()
    #expect(try await server.connection().waitForEnd())
  }

  @Test func bothSidesMayWriteMegabytesAtOnce() async throws {
    let count = 15_000
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      // Before its first large command the client asks how much may be sent.
      guard case .query = try connection.readCommand() else { return }
      try connection.sendOK()
      // The client is sending the command; the server reads none of it before it has sent the whole response.
      try connection.delay(.seconds(2))
      connection.sequence = 1
      try connection.sendColumns(["a"])
      let row: [ServerScript.Cell] = [.text(String(repeating: "y", count: 1000))]
      for _ in 0..<count / 100 { try connection.sendRows(Array(repeating: row, count: 100), of: ["a"]) }
      try connection.sendEnd()
      guard case .query(let text) = try connection.readCommand() else { return }
      #expect(text.utf8.count == 15 << 20)
      #expect(try connection.readCommand() == .ping)
      try connection.sendOK()
    }
    let query = MySQLQuery(unsafe: String(repeating: "x", count: 15 << 20))
    let client = try await server.connect()
    try await client.execute(MySQLQuery(unsafe: String(repeating: "x", count: 1 << 20)))
    try await watched(.seconds(30)) {
      #expect(try await client.query(query).collect().count == count)
      try await client.ping()
      await client.close()
    }
    server.stop()
    #expect(server.errors.isEmpty)
  }
}

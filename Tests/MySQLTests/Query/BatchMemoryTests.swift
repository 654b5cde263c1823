import MySQL
import MySQLTesting
import Testing

/// A batch takes its rows from their source only as the server takes them.
@Suite(.timed) struct BatchMemoryTests {
  private static let rowSize = 10 << 10

  @Test(arguments: [(ServerGreeting.mariaDB, 1 << 20), (.mysql, 32 << 10)])
  func atMostTwoMegabytesOfRowsAreInMemory(greeting: ServerGreeting, least: Int) async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin(greeting)
      while true {
        switch try connection.readCommand() {
        case .prepare: try connection.sendPrepared(1, parameters: [.init("?", .blob)])
        case .query: try connection.sendOK()
        // Executions are not answered.
        default: try connection.stall(reading: false)
        }
      }
    }
    defer { server.stop() }
    let client = try await server.connect { $0.pipelining = true }
    let taken = Counter()
    let rows = (0..<5000).lazy.map { _ in
      taken.add(Self.rowSize)
      return [UInt8](repeating: 1, count: Self.rowSize)
    }
    let batch = Task { try await client.executeBatch("INSERT INTO t VALUES (?)", rows) }
    // The rows of the first command, which the server does not answer, and some after them.
    #expect(await wait { taken.value > least })
    let sum = try await taken.settled()
    #expect(sum <= 2 << 20 + Self.rowSize, "\(sum) bytes")
    batch.cancel()
    _ = await batch.result
    await client.close()
  }
}

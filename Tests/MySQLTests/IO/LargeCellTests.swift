import MySQLTesting
import Testing

@testable import MySQL

@Suite(.timed) struct LargeCellTests {
  @Test func aLargeRowWhoseCellsAreNotAllThereClosesTheConnection() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendColumns(["a", "b"])
      // One cell of 2 MiB, and none for the second column.
      let size = lengthInThreeBytes(2 << 20)
      let cell = [0xFD] + size + [UInt8](repeating: 0x61, count: 2 << 20)
      try connection.send(lengthInThreeBytes(cell.count) + [connection.sequence] + cell)
      try connection.stall()
    }
    let client = try await server.connect()
    let error = await failure { try await client.query("SELECT a, b FROM t").collect() }
    #expect(error?.kind == .protocolViolation)
    await client.expectClosed()
  }

  /// The memory of a large row is kept for the next one, but not by a connection that rests.
  @Test func aConnectionKeepsNoMemoryOfALargeRowForLong() async throws {
    let size = 3 << 20
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while case .query = try connection.readCommand() {
        try connection.sendResult(columns: ["a"], rows: [[.bytes([UInt8](repeating: 0x7A, count: size))]])
      }
    }
    let client = try await server.connect()
    for _ in 0..<2 {
      #expect(try await client.query("SELECT a FROM t").collect()[0][0].bytes.count == size)
      let spare = try #require(client.channel.withSession { $0.spareMemory })
      var hasEnded = false
      _ = await wait {
        hasEnded = hasEnded || spare.begin()
        return hasEnded
      }
      #expect(hasEnded)
      while spare.age() {}
    }
    await client.close()
  }

  /// Buffers are joined and grown where the row is read, or in small steps. The test has its own process, so
  /// that the event loop does no work for other tests.
  @Test func aLargeCellHoldsUpNoOtherConnection() async {
    await #expect(processExitsWith: .success) {
      let size = 64 << 20
      let content = [UInt8](repeating: 0x7A, count: size)
      let server = try ScriptedServer { connection in
        try connection.acceptLogin()
        while true {
          switch try connection.readCommand() {
          case .ping: try connection.sendOK()
          case .quit: return
          default: try connection.sendResult(columns: ["a"], rows: [[.bytes(content)]])
          }
        }
      }
      let (busy, other) = (try await server.connect(), try await server.connect())
      let load = Task {
        var sizes: [Int] = []
        for _ in 0..<3 { sizes.append(try await busy.query("SELECT a FROM t").collect()[0][0].bytes.count) }
        return sizes
      }
      let isDone = Counter()
      Task {
        _ = await load.result
        isDone.add(1)
      }
      let clock = try await LoopClock()
      var longest = Duration.zero
      while isDone.value == 0 {
        longest = max(longest, await clock.delay())
        try await Task.sleep(for: .milliseconds(1))
      }
      #expect(try await load.value == [size, size, size])
      #expect(longest < .milliseconds(8), "\(longest)")
      try await other.ping()
      await other.close()
      await busy.close()
    }
  }
}

private func lengthInThreeBytes(_ length: Int) -> [UInt8] {
  (0..<3).map { UInt8(length >> (8 * $0) & 0xFF) }
}

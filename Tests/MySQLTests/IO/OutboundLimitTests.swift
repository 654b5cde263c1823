import MySQLTesting
import Synchronization
import Testing

@testable import MySQL

/// A source of data is read only as fast as the server reads.
@Suite(.timed) struct OutboundLimitTests {
  @Test(arguments: [64 << 10, 4 << 20])
  func atMostHalfAMegabyteOfAStreamWaitsToBeSent(pieceSize: Int) async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .prepare:
          try connection.sendPrepared(1, parameters: [.init("?", .blob)])
          try connection.stall(reading: false)
        default: try connection.sendOK()
        }
      }
    }
    defer { server.stop() }
    let client = try await server.connect()
    let read = Counter()
    // Without a limit, all of it would wait.
    let source = AsyncStream {
      read.add(pieceSize)
      return read.value > 64 << 20 ? nil : [UInt8](repeating: 1, count: pieceSize)
    }
    let call = Task { try await client.execute("INSERT INTO t VALUES (\(stream: .sequence(source)))") }
    var most = 0
    func waiting() -> Int {
      let count = client.channel.link.withLock { $0.transport.outbound.count }
      most = max(most, count)
      return count
    }
    #expect(await wait { waiting() > 256 << 10 })
    let sum = try await read.settled()
    #expect(sum < 32 << 20, "\(sum) bytes")
    _ = waiting()
    // The headers of packets count too.
    #expect(most <= 512 << 10 + 1024, "\(most) bytes")
    call.cancel()
    _ = await call.result
    await client.close()
  }
}

import MySQLTesting
import Testing

/// What servers do to a connection without a word of the protocol.
@Suite(.timed) struct ScriptedEndingTests {
  @Test func closesWithFINWhateverTheClientStillSends() throws {
    let server = try ScriptedServer { connection in
      try connection.send([1, 2, 3])
      try connection.delay(.milliseconds(20))
      connection.close()
      #expect(throws: TestServerError.closed) { try connection.send([4]) }
    }
    let client = try RawClient(port: server.port)
    try client.send([UInt8](repeating: 7, count: 100_000))
    #expect(try client.receiveAll() == [1, 2, 3])
    try client.send([8])
    client.finishSending()
    #expect(try client.receive() == [])
    let connection = try #require(server.connections.first)
    waitUntil { connection.hasEnded }
    #expect(connection.received.count == 100_001)
    #expect(server.errors.isEmpty)
  }

  @Test func resetsWithRST() throws {
    let server = try ScriptedServer { connection in
      _ = try connection.readPacket()
      connection.reset()
    }
    let client = try RawClient(port: server.port)
    try client.send([1, 0, 0, 0, 3])
    #expect(throws: RawClient.Failure.reset) { try client.receive() }
  }

  @Test func resetsFromAnotherThreadWhileTheScriptWaits() async throws {
    let server = try ScriptedServer { connection in _ = try connection.readPacket() }
    let client = try RawClient(port: server.port)
    let connection = try await server.connection()
    try await Task.sleep(for: .milliseconds(20))
    connection.reset()
    #expect(throws: RawClient.Failure.reset) { try client.receive() }
    #expect(await connection.waitForEnd())
    #expect(server.errors as? [TestServerError] == [.closed])
  }

  @Test func goesOnReceivingAfterAHalfClose() throws {
    let server = try ScriptedServer { connection in
      connection.halfClose()
      let packet = try connection.readPacket()
      #expect(packet == [42])
    }
    let client = try RawClient(port: server.port)
    #expect(try client.receive() == [])
    try client.send([1, 0, 0, 0, 42])
    client.finishSending()
    server.stop()
    #expect(server.errors.isEmpty)
  }

  @Test func sendsInPieces() throws {
    let server = try ScriptedServer { connection in
      connection.split(into: 1, every: .milliseconds(15))
      try connection.send([1, 2, 3, 4])
      connection.split(into: nil)
      try connection.send([UInt8](repeating: 5, count: 1000))
    }
    let client = try RawClient(port: server.port)
    let start = ContinuousClock.now
    for byte in 1...3 as ClosedRange<UInt8> { #expect(try client.receive() == [byte]) }
    #expect(try client.receive(exactly: 1001).count == 1001)
    #expect(ContinuousClock.now - start >= .milliseconds(40))
  }

  @Test func staysSilentUntilStopped() throws {
    let server = try ScriptedServer { connection in try connection.stall() }
    let client = try RawClient(port: server.port)
    try client.send([1, 2, 3])
    client.timeout = .milliseconds(100)
    #expect(throws: RawClient.Failure.timedOut) { try client.receive() }
    #expect(server.connections.first?.received == [1, 2, 3])
    server.stop()
    client.timeout = .seconds(10)
    #expect(try client.receive() == [])
    #expect(server.errors.isEmpty)
  }

  @Test func leavesAWritingClientWithoutRoomIfItDoesNotRead() throws {
    let server = try ScriptedServer { connection in try connection.stall(reading: false) }
    let client = try RawClient(port: server.port)
    client.timeout = .milliseconds(100)
    // More than the system's buffers hold.
    #expect(throws: RawClient.Failure.timedOut) { try client.send([UInt8](repeating: 1, count: 64 << 20)) }
    #expect(server.connections.first?.received == [])
  }

  @Test func reportsWhyAConnectionCannotGoOn() throws {
    let server = try ScriptedServer { connection in
      #expect(throws: TestServerError.timedOut) { try connection.readPacket(timeout: .milliseconds(20)) }
      try connection.send([1])
      _ = try connection.readPacket()
    }
    let client = try RawClient(port: server.port)
    #expect(try client.receive() == [1])
    client.finishSending()
    waitUntil { !server.errors.isEmpty }
    #expect(server.errors as? [TestServerError] == [.endOfStream])
  }
}

import MySQLTesting
import Testing

/// Faults at the bytes that a plan names.
@Suite(.timed) struct FaultPlanTests {
  /// Three packets of 5, 4 and 7 bytes.
  private static let threePackets: [UInt8] = [1, 0, 0, 0, 11, 0, 0, 0, 1, 3, 0, 0, 2, 31, 32, 33]

  @Test(arguments: [
    (FaultPlan.Point.packet(0), 0), (.packet(1), 5), (.packet(2), 9), (.packet(3), 16),
    (.packet(0, byte: 3), 3), (.packet(1, byte: 4), 9), (.packet(2, byte: 6), 15), (.packet(1, byte: 99), 9),
    (.offset(0), 0), (.offset(7), 7), (.offset(16), 16),
  ]) func breaksAtTheByteThatThePlanNames(point: FaultPlan.Point, byte: Int) throws {
    let server = try ScriptedServer { connection in
      try connection.send(Self.threePackets)
      try connection.stall()
    }
    let proxy = try FaultProxy(to: server.address, plan: FaultPlan(.cut, at: point, from: .server))
    let cut = try RawClient(port: proxy.port)
    #expect(try cut.receiveAll() == Array(Self.threePackets.prefix(byte)))

    proxy.setPlan(FaultPlan(.reset, at: point, from: .server))
    let reset = try RawClient(port: proxy.port)
    #expect(throws: RawClient.Failure.reset) { try reset.receiveAll() }

    proxy.setPlan(FaultPlan(.blackHole, at: point, from: .server))
    let silent = try RawClient(port: proxy.port)
    #expect(try silent.receive(exactly: byte).count == byte)
    silent.timeout = .milliseconds(50)
    try silent.send([1])
    #expect(throws: RawClient.Failure.timedOut) { try silent.receive() }

    proxy.setPlan(FaultPlan(.inject([99, 98]), at: point, from: .server))
    let injected = try RawClient(port: proxy.port)
    var expected = Self.threePackets
    expected.insert(contentsOf: [99, 98], at: byte)
    #expect(try injected.receive(exactly: 18) == expected)

    guard byte < 16 else { return }
    proxy.setPlan(FaultPlan(.flip(0x81), at: point, from: .server))
    let flipped = try RawClient(port: proxy.port)
    expected = Self.threePackets
    expected[byte] ^= 0x81
    #expect(try flipped.receive(exactly: 16) == expected)
  }

  @Test func breaksWhatTheClientSends() throws {
    let server = try ScriptedServer { connection in
      while true { _ = try connection.readPacket() }
    }
    for (index, action) in [FaultPlan.Action.cut, .reset].enumerated() {
      let plan = FaultPlan(action, at: .packet(1, byte: 2), from: .client)
      let proxy = try FaultProxy(to: server.address, plan: plan)
      let client = try RawClient(port: proxy.port)
      try client.send(Self.threePackets)
      if action == .cut {
        #expect(try client.receive() == [])
        try client.send([1, 2, 3])
        client.finishSending()
      } else {
        #expect(throws: RawClient.Failure.reset) { try client.receive() }
      }
      waitUntil { server.connections.count > index && server.connections[index].hasEnded }
      if action == .cut { #expect(server.connections[index].received == Array(Self.threePackets.prefix(7))) }
      #expect(server.errors.last as? TestServerError == (action == .cut ? .endOfStream : .reset))
    }
  }

  @Test func delaysOnce() throws {
    let server = try ScriptedServer.echo()
    let proxy = try FaultProxy(
      to: server.address, plan: FaultPlan(.delay(.milliseconds(600)), at: .packet(1), from: .server))
    let client = try RawClient(port: proxy.port)
    var times: [Duration] = []
    for _ in 0..<3 {
      try client.send(framed([1]))
      times.append(try ContinuousClock().measure { _ = try client.receive(exactly: 5) })
    }
    #expect(times[1] > .milliseconds(400), "\(times)")
    #expect(times[2] < .milliseconds(400), "\(times)")
  }

  @Test func doesSeveralFaultsInOrder() throws {
    let server = try ScriptedServer { connection in
      try connection.send(Self.threePackets)
      try connection.stall()
    }
    let faults: [FaultPlan.Fault] = [
      .init(.flip(0xFF), at: .offset(1)), .init(.inject([5]), at: .packet(1)), .init(.cut, at: .packet(2)),
    ]
    let proxy = try FaultProxy(
      to: server.address, plan: FaultPlan(fromServer: StreamPlan(pieces: .of(2), faults: faults)))
    let client = try RawClient(port: proxy.port)
    #expect(try client.receiveAll() == [1, 255, 0, 0, 11, 5, 0, 0, 0, 1])
  }

  @Test func countsTheRecordsOfTLSOnceItStarts() throws {
    let greeting = framed([10, 1, 2, 3])
    let request = framed([0, 0x08] + [UInt8](repeating: 0, count: 30), sequence: 1)
    let hello: [UInt8] = [22, 3, 1, 1, 0] + [UInt8](repeating: 5, count: 256)
    let server = try ScriptedServer { connection in
      try connection.send(greeting)
      _ = try connection.readPacket()
      try connection.send(hello + hello + hello)
      try connection.stall()
    }
    let proxy = try FaultProxy(to: server.address, plan: FaultPlan(.cut, at: .packet(3), from: .server))
    let client = try RawClient(port: proxy.port)
    _ = try client.receive(exactly: greeting.count)
    try client.send(request + hello)
    #expect(try client.receiveAll() == hello + hello)
    #expect(proxy.packetCount(from: .client) == 2)
    #expect(proxy.packetCount(from: .server) == 3)
  }

  @Test func followsAPlanForEachConnection() throws {
    let server = try ScriptedServer { try $0.send([1, 2, 3, 4]) }
    let proxy = try FaultProxy(to: server.address) { index in
      FaultPlan(.cut, at: .offset(index), from: .server)
    }
    for index in 0..<4 {
      let client = try RawClient(port: proxy.port)
      #expect(try client.receiveAll().count == index)
    }
  }
}

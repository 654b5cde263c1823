import Foundation
import MySQLTesting
import Testing

@Suite(.timed) struct FaultProxyTests {
  @Test(arguments: [
    StreamPlan.Pieces.asReceived, .of(1), .of(1000), .random(seed: 1, most: 7), .random(seed: 2, most: 5000),
  ]) func changesNoByteHoweverItCutsThem(pieces: StreamPlan.Pieces) throws {
    let server = try Self.echo()
    let stream = StreamPlan(pieces: pieces)
    let proxy = try FaultProxy(to: server.address, plan: FaultPlan(fromClient: stream, fromServer: stream))
    let client = try RawClient(port: proxy.port)
    var generator = SystemRandomNumberGenerator()
    let payload = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for _ in 0..<3 {
      try client.send(Self.packet(payload))
      #expect(try client.receive(exactly: 20_004) == Self.packet(payload, sequence: 1))
    }
    client.finishSending()
    #expect(try client.receiveAll() == [])
  }

  @Test func countsWhatGoesThrough() throws {
    let server = try Self.echo()
    let proxy = try FaultProxy(to: server.address)
    for _ in 0..<2 {
      let client = try RawClient(port: proxy.port)
      for size in [0, 1, 300] {
        try client.send(Self.packet([UInt8](repeating: 7, count: size)))
        _ = try client.receive(exactly: size + 4)
      }
      // Half a packet does not count as one.
      try client.send([9, 0, 0, 0, 1])
      client.finishSending()
      #expect(try client.receive() == [])
    }
    #expect(proxy.connectionCount == 2)
    #expect(proxy.byteCount(from: .client) == 2 * 318 && proxy.packetCount(from: .client) == 6)
    #expect(proxy.traffic(from: .server, connection: 1).packets == 3)
    #expect(proxy.byteCount(from: .server, connection: 1) == 313)
    waitUntil { proxy.openConnectionCount == 0 }
    #expect(proxy.openConnectionCount == 0)
  }

  @Test func keepsBytesOnlyIfAsked() throws {
    let server = try Self.echo()
    for keeps in [true, false] {
      let proxy = try FaultProxy(
        to: server.address, recordsBytes: keeps,
        plan: FaultPlan(.inject([0xEE]), at: .offset(0), from: .server))
      for text in ["one", "two"] {
        let client = try RawClient(port: proxy.port)
        try client.send(Self.packet(Array(text.utf8)))
        #expect(try client.receive(exactly: 8).first == 0xEE)
      }
      #expect(proxy.bytes(from: .client, connection: 1) == (keeps ? Self.packet(Array("two".utf8)) : []))
      #expect(
        proxy.bytes(from: .server, connection: 0)
          == (keeps ? Self.packet(Array("one".utf8), sequence: 1) : [])
      )
      #expect(proxy.bytes(from: .server, connection: 2) == [])
    }
  }

  /// The system refuses to connect from an address that this machine does not have (198.51.100.0/24 is for books).
  @Test func connectsFromTheAddressThatItIsGiven() throws {
    let server = try Self.echo()
    let own = try FaultProxy(to: server.address, from: "127.0.0.1")
    try RawClient(port: own.port).send(Self.packet([1]))
    waitUntil { own.packetCount(from: .server) == 1 }
    #expect(own.packetCount(from: .server) == 1)
    let foreign = try FaultProxy(to: server.address, from: "198.51.100.77")
    let client = try RawClient(port: foreign.port)
    #expect(throws: RawClient.Failure.reset) { try client.receiveAll() }
    waitUntil { foreign.errors.count == 1 }
    #expect(foreign.errors.count == 1)
  }

  @Test func sendsSingleBytesAlone() throws {
    let server = try ScriptedServer { try $0.send([1, 2, 3]) }
    let stream = StreamPlan(pieces: .of(1), delay: .milliseconds(200))
    let proxy = try FaultProxy(to: server.address, plan: FaultPlan(fromServer: stream))
    let client = try RawClient(port: proxy.port)
    for byte in 1...3 as ClosedRange<UInt8> { #expect(try client.receive() == [byte]) }
  }

  /// Three packets of 5, 4 and 7 bytes.
  private static let threePackets: [UInt8] = [1, 0, 0, 0, 11, 0, 0, 0, 1, 3, 0, 0, 2, 31, 32, 33]

  @Test(arguments: [
    (Fault.Point.packet(0), 0), (.packet(1), 5), (.packet(2), 9), (.packet(3), 16), (.packet(0, byte: 3), 3),
    (.packet(1, byte: 4), 9), (.packet(2, byte: 6), 15), (.packet(1, byte: 99), 9), (.offset(0), 0),
    (.offset(7), 7), (.offset(16), 16),
  ]) func breaksAtTheVeryByte(point: Fault.Point, byte: Int) throws {
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
    for (index, action) in [Fault.Action.cut, .reset].enumerated() {
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

  @Test func endsABlackHoleAtTheServerOnceTheClientGivesUp() throws {
    let server = try Self.echo()
    let proxy = try FaultProxy(to: server.address, plan: FaultPlan(.blackHole, at: .packet(1), from: .client))
    do {
      let client = try RawClient(port: proxy.port)
      try client.send(Self.packet([1]))
      client.timeout = .milliseconds(50)
      // The echo of the packet before may have come through, or not.
      _ = try? client.receive()
      try client.send(Self.packet([2]))
      #expect(throws: RawClient.Failure.timedOut) { try client.receive() }
      #expect(proxy.openConnectionCount == 1)
    }
    waitUntil { proxy.openConnectionCount == 0 }
    #expect(proxy.openConnectionCount == 0)
    let connection = try #require(server.connections.first)
    waitUntil { connection.hasEnded }
    #expect(connection.received == Self.packet([1]))
  }

  @Test func delaysOnce() throws {
    let server = try Self.echo()
    let proxy = try FaultProxy(
      to: server.address, plan: FaultPlan(.delay(.milliseconds(600)), at: .packet(1), from: .server))
    let client = try RawClient(port: proxy.port)
    var times: [Duration] = []
    for _ in 0..<3 {
      try client.send(Self.packet([1]))
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
    let faults = [
      Fault(.flip(0xFF), at: .offset(1)), Fault(.inject([5]), at: .packet(1)), Fault(.cut, at: .packet(2)),
    ]
    let proxy = try FaultProxy(
      to: server.address, plan: FaultPlan(fromServer: StreamPlan(pieces: .of(2), faults: faults)))
    let client = try RawClient(port: proxy.port)
    #expect(try client.receiveAll() == [1, 255, 0, 0, 11, 5, 0, 0, 0, 1])
  }

  @Test func countsTheRecordsOfTLSOnceItStarts() throws {
    let greeting = Self.packet([10, 1, 2, 3])
    let request = Self.packet([0, 0x08] + [UInt8](repeating: 0, count: 30), sequence: 1)
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

  @Test func resetsClientsOfATargetThatIsNotThere() throws {
    let gone = try Self.echo()
    let address = gone.address
    gone.stop()
    let proxy = try FaultProxy(to: address)
    let client = try RawClient(port: proxy.port)
    #expect(throws: RawClient.Failure.reset) { try client.receive() }
    waitUntil { !proxy.errors.isEmpty }
    #expect(proxy.errors == [.system(call: "connect", code: ECONNREFUSED)])
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

  @Test func breaksAllConnectionsAtOnce() throws {
    let server = try Self.echo()
    let proxy = try FaultProxy(to: server.address)
    func clients() throws -> [RawClient] {
      let clients = try (0..<3).map { _ in try RawClient(port: proxy.port) }
      for client in clients {
        try client.send(Self.packet([1]))
        _ = try client.receive(exactly: 5)
      }
      return clients
    }
    var open = try clients()
    proxy.cutAll()
    for client in open { #expect(try client.receive() == []) }
    open = try clients()
    proxy.resetAll()
    for client in open { #expect(throws: RawClient.Failure.reset) { try client.receive() } }
    open = try clients()
    proxy.blackHoleAll()
    for client in open {
      client.timeout = .milliseconds(30)
      try client.send(Self.packet([1]))
      #expect(throws: RawClient.Failure.timedOut) { try client.receive() }
    }
    open = []
    waitUntil { proxy.openConnectionCount == 0 }
    #expect(proxy.openConnectionCount == 0)
  }

  @Test func forwardsToUnixSockets() throws {
    let path = NSTemporaryDirectory() + "mysql-proxy-\(UInt32.random(in: 0 ... .max)).sock"
    let server = try ScriptedServer(at: .unix(path: path)) { try $0.send([1, 2, 3]) }
    let proxy = try FaultProxy(to: server.address)
    let client = try RawClient(port: proxy.port)
    #expect(try client.receiveAll() == [1, 2, 3])
  }

  @Test func forwardsMuchInBothDirectionsAtOnce() throws {
    let server = try ScriptedServer { connection in
      try connection.send([UInt8](repeating: 1, count: 8 << 20))
      try connection.stall()
    }
    let proxy = try FaultProxy(to: server.address)
    let client = try RawClient(port: proxy.port)
    try client.send(Self.packet([UInt8](repeating: 2, count: 100_000)))
    #expect(try client.receive(exactly: 8 << 20).count == 8 << 20)
    client.finishSending()
    waitUntil { server.connections.first?.hasEnded == true }
    #expect(server.connections.first?.received.count == 100_004)
  }

  private static func echo() throws -> ScriptedServer {
    try ScriptedServer { connection in
      while true {
        do {
          try connection.sendPacket(connection.readPacket())
        } catch TestServerError.endOfStream {
          return
        }
      }
    }
  }

  private static func packet(_ payload: [UInt8], sequence: UInt8 = 0) -> [UInt8] {
    let count = payload.count
    return [UInt8(count & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count >> 16), sequence] + payload
  }
}

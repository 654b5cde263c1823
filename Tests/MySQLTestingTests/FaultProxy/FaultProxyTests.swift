import Foundation
import MySQLTesting
import Testing

@Suite(.timed) struct FaultProxyTests {
  @Test(arguments: [
    StreamPlan.Pieces.asReceived, .of(1), .of(1000), .random(seed: 1, most: 7), .random(seed: 2, most: 5000),
  ]) func changesNoByteHoweverItCutsThem(pieces: StreamPlan.Pieces) throws {
    let server = try ScriptedServer.echo()
    let stream = StreamPlan(pieces: pieces)
    let proxy = try FaultProxy(to: server.address, plan: FaultPlan(fromClient: stream, fromServer: stream))
    let client = try RawClient(port: proxy.port)
    var generator = SystemRandomNumberGenerator()
    let payload = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for _ in 0..<3 {
      try client.send(framed(payload))
      #expect(try client.receive(exactly: 20_004) == framed(payload, sequence: 1))
    }
    client.finishSending()
    #expect(try client.receiveAll() == [])
  }

  @Test func countsWhatGoesThrough() throws {
    let server = try ScriptedServer.echo()
    let proxy = try FaultProxy(to: server.address)
    for _ in 0..<2 {
      let client = try RawClient(port: proxy.port)
      for size in [0, 1, 300] {
        try client.send(framed([UInt8](repeating: 7, count: size)))
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
    let server = try ScriptedServer.echo()
    for keeps in [true, false] {
      let proxy = try FaultProxy(
        to: server.address, recordsBytes: keeps,
        plan: FaultPlan(.inject([0xEE]), at: .offset(0), from: .server))
      for text in ["one", "two"] {
        let client = try RawClient(port: proxy.port)
        try client.send(framed(Array(text.utf8)))
        #expect(try client.receive(exactly: 8).first == 0xEE)
      }
      #expect(proxy.bytes(from: .client, connection: 1) == (keeps ? framed(Array("two".utf8)) : []))
      #expect(
        proxy.bytes(from: .server, connection: 0)
          == (keeps ? framed(Array("one".utf8), sequence: 1) : [])
      )
      #expect(proxy.bytes(from: .server, connection: 2) == [])
    }
  }

  /// The system refuses to connect from an address that this machine does not have (198.51.100.0/24 is for books).
  @Test func connectsFromTheAddressThatItIsGiven() throws {
    let server = try ScriptedServer.echo()
    let own = try FaultProxy(to: server.address, from: "127.0.0.1")
    try RawClient(port: own.port).send(framed([1]))
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
    try client.send(framed([UInt8](repeating: 2, count: 100_000)))
    #expect(try client.receive(exactly: 8 << 20).count == 8 << 20)
    client.finishSending()
    waitUntil { server.connections.first?.hasEnded == true }
    #expect(server.connections.first?.received.count == 100_004)
  }
}

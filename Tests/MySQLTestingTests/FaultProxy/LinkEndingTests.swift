import Foundation
import Testing

@testable import MySQLTesting

/// How the connections through a proxy end.
@Suite(.timed) struct LinkEndingTests {
  @Test func endsABlackHoleAtTheServerOnceTheClientGivesUp() throws {
    let server = try ScriptedServer.echo()
    let proxy = try FaultProxy(to: server.address, plan: FaultPlan(.blackHole, at: .packet(1), from: .client))
    do {
      let client = try RawClient(port: proxy.port)
      try client.send(framed([1]))
      client.timeout = .milliseconds(50)
      // The echo of the packet before may have come through, or not.
      _ = try? client.receive()
      try client.send(framed([2]))
      #expect(throws: RawClient.Failure.timedOut) { try client.receive() }
      #expect(proxy.openConnectionCount == 1)
    }
    waitUntil { proxy.openConnectionCount == 0 }
    #expect(proxy.openConnectionCount == 0)
    let connection = try #require(server.connections.first)
    waitUntil { connection.hasEnded }
    #expect(connection.received == framed([1]))
  }

  @Test func resetsClientsOfATargetThatIsNotThere() throws {
    let gone = try ScriptedServer.echo()
    let address = gone.address
    gone.stop()
    let proxy = try FaultProxy(to: address)
    let client = try RawClient(port: proxy.port)
    #expect(throws: RawClient.Failure.reset) { try client.receive() }
    waitUntil { !proxy.errors.isEmpty }
    #expect(proxy.errors == [.system(call: "connect", code: ECONNREFUSED)])
  }

  @Test func breaksAllConnectionsAtOnce() throws {
    let server = try ScriptedServer.echo()
    let proxy = try FaultProxy(to: server.address)
    func clients() throws -> [RawClient] {
      let clients = try (0..<3).map { _ in try RawClient(port: proxy.port) }
      for client in clients {
        try client.send(framed([1]))
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
      try client.send(framed([1]))
      #expect(throws: RawClient.Failure.timedOut) { try client.receive() }
    }
    open = []
    waitUntil { proxy.openConnectionCount == 0 }
    #expect(proxy.openConnectionCount == 0)
  }

  /// A link that no thread serves is not an open connection, and holds no socket.
  @Test func aLinkWithoutThreadsEnds() async {
    // In the process of all tests, another test may get the numbers of the descriptors that are closed here.
    await #expect(processExitsWith: .success) {
      let interrupt = try Interrupt()
      let ends = try #require(Platform.pipe())
      let link = ProxyLink(
        client: Socket(ends.reading, interrupt), server: Socket(ends.writing, interrupt), interrupt)
      #expect(!link.hasEnded)
      link.abandon()
      #expect(link.hasEnded)
      #expect(fcntl(ends.reading, F_GETFD) < 0 && fcntl(ends.writing, F_GETFD) < 0)
    }
  }

  /// What the client can see, and when: its faults are timed from there.
  @Test func notesWhenTheClientCanSeeThatTheConnectionIsBroken() throws {
    let server = try ScriptedServer { connection in
      try connection.sendPacket(connection.readPacket())
      // Ends its side, and nothing else.
      if connection.index == 3 { return }
      try connection.stall()
    }
    let faults: [(FaultPlan, isSeen: Bool)] = [
      (FaultPlan(), false), (FaultPlan(.inject([1]), at: .packet(0), from: .client), false),
      (FaultPlan(.flip(1), at: .packet(0, byte: 4), from: .client), false), (FaultPlan(), true),
      (FaultPlan(.inject([1]), at: .packet(1), from: .server), true),
      (FaultPlan(.flip(1), at: .packet(0, byte: 4), from: .server), true),
      (FaultPlan(.cut, at: .packet(1), from: .client), true),
    ]
    let proxy = try FaultProxy(to: server.address) { faults[$0].0 }
    for (index, fault) in faults.enumerated() {
      let start = ContinuousClock.now
      let client = try RawClient(port: proxy.port)
      try client.send(framed([1, 2]))
      waitUntil { proxy.byteCount(from: .client, connection: index) == 6 }
      if fault.isSeen {
        waitUntil { proxy.brokenAt(connection: index) != nil }
        let brokenAt = try #require(proxy.brokenAt(connection: index), "\(fault.0)")
        #expect(brokenAt > start && brokenAt < .now)
      } else {
        client.timeout = .milliseconds(50)
        _ = try? client.receive(exactly: 100)
        #expect(proxy.brokenAt(connection: index) == nil, "\(fault.0)")
      }
    }
  }
}

import Foundation
import MySQLTesting
import MySQLWire
import Synchronization
import Testing

@testable import MySQL

/// The system reuses a closed descriptor's number for the next socket or file that is opened, anywhere in the
/// process. What arrives there does not belong to the dead connection.
@Suite(.timed) struct DeadChannelTests {
  @Test func readsNothingOfTheNextOwnerOfItsNumber() async throws {
    let server = try ScriptedServer.echo()
    let client = try await server.connect()
    try await client.ping()
    let channel = client.channel
    let socket = channel.link.withLock { link in link.transport.socket?.descriptor }
    let number = try #require(socket)
    await client.close()
    // Opens pairs until one of them has the number: other tests open and close descriptors too.
    var ends: [Int32] = []
    defer { for end in ends { close(end) } }
    while !ends.contains(number), ends.count < 1000 {
      var pair: [Int32] = [-1, -1]
      try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
      ends += pair
    }
    let isFound = ends.contains(number)
    try #require(isFound, "\(number) is not free")
    let index = ends.firstIndex(of: number) ?? 0
    let (owner, peer) = (ends[index], ends[index ^ 1])
    _ = fcntl(owner, F_SETFL, O_NONBLOCK)
    // An OK, which would be the answer to a ping.
    let bytes: [UInt8] = [7, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]
    try #require(write(peer, bytes, bytes.count) == bytes.count)
    let received = channel.traffic.received
    for _ in 0..<40 {
      #expect(throws: MySQLError.self) { _ = try channel.take() }
      let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1024, alignment: 16)
      defer { scratch.deallocate() }
      channel.isReady([.read, .write], scratch)
      channel.resumeReading()
    }
    #expect(channel.traffic.received == received)
    var rest = [UInt8](repeating: 0, count: 100)
    #expect(read(owner, &rest, rest.count) == bytes.count)
  }

  /// If a connection closes while a task reads from it, its number goes to a new connection at once.
  @Test func connectionsThatAreClosedUnderTheirReaderDisturbNoOther() async throws {
    let server = try ScriptedServer.echo()
    let settings = try server.settings()
    let end = ContinuousClock.now + .milliseconds(1500)
    var round = 0
    while ContinuousClock.now < end {
      round += 1
      let marker = "\(round)"
      try await watched {
        let closing = try await MySQLConnection.connect(settings)
        for _ in 0..<6 { try await closing.ping() }
        let reader = Task.detached { while true { try await closing.ping() } }
        try await Task.sleep(for: .microseconds(.random(in: 50...400)))
        async let closed: Void = closing.close()
        let bystander = try await MySQLConnection.connect(settings)
        for _ in 0..<3 {
          let rows = try await bystander.query(MySQLQuery(unsafe: marker)).collect()
          #expect(try rows.map { row throws(MySQLError) in try row[0].decode(String.self) } == [marker])
        }
        await closed
        await bystander.close()
        let outcome = await reader.result
        #expect(throws: MySQLError.self) { try outcome.get() }
      }
    }
  }
}

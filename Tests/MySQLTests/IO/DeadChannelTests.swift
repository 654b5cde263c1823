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
    var found: (channel: Channel, owner: Int32, ends: [Int32])?
    // Another test may be faster, and take the number for longer.
    for _ in 0..<50 where found == nil { found = try await reuseNumber(of: server.connect()) }
    let (channel, owner, ends) = try #require(found)
    defer { for end in ends { close(end) } }
    let peer = ends[(ends.firstIndex(of: owner) ?? 0) ^ 1]
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

  /// Closes a connection, and opens pairs of sockets until one of them has the number of its own: other tests open and
  /// close descriptors too.
  private func reuseNumber(
    of client: MySQLConnection
  ) async throws -> (channel: Channel, owner: Int32, ends: [Int32])? {
    try await client.ping()
    let channel = client.channel
    let socket = channel.link.withLock { link in link.transport.socket?.descriptor }
    let number = try #require(socket)
    await client.close()
    var ends: [Int32] = []
    while !ends.contains(number), ends.count < 200 {
      var pair: [Int32] = [-1, -1]
      try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
      ends += pair
    }
    if ends.contains(number) { return (channel, number, ends) }
    for end in ends { close(end) }
    return nil
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

import Foundation
import MySQLTesting
import Testing

@testable import MySQL

@Suite(.timed) struct ConnectAttemptTests {
  /// A connected socket stays writable, and the task that waits for it may not get a thread for a long time.
  @Test func aConnectedSocketDoesNotKeepTheLoopBusy() async throws {
    let server = try ScriptedServer { try $0.stall() }
    let loop = EventLoop()
    let stalled = StallingExecutor()
    let task = Task(executorPreference: stalled) {
      var deadline = Deadline.after(.seconds(10))
      var addressDeadline = deadline
      let addresses = try await Resolver.addresses(
        of: .tcp(host: "127.0.0.1", port: UInt16(server.port)), by: &addressDeadline)
      stalled.stall(for: .milliseconds(300))
      return try await ConnectAttempt.connect(
        to: #require(addresses.first), keepAlive: nil, by: &deadline, on: loop)
    }
    _ = try await watched { try await task.value }
    #expect(try await processorTime(of: loop) < .milliseconds(100))
  }

  @Test func itsSocketDoesNotBlockAndIsNotInherited() async throws {
    let server = try ScriptedServer { try $0.stall() }
    var deadline = Deadline.after(.seconds(10))
    let addresses = try await Resolver.addresses(
      of: .tcp(host: "127.0.0.1", port: UInt16(server.port)), by: &deadline)
    let socket = try Socket(connectingTo: #require(addresses.first), keepAlive: nil)
    #expect(fcntl(socket.descriptor, F_GETFD) & FD_CLOEXEC != 0)
    #expect(fcntl(socket.descriptor, F_GETFL) & O_NONBLOCK != 0)
  }

  @Test func saysThatThereIsNoThread() async throws {
    let server = try ScriptedServer { try $0.stall() }
    var deadline = Deadline.after(.seconds(10))
    let addresses = try await Resolver.addresses(
      of: .tcp(host: "127.0.0.1", port: UInt16(server.port)), by: &deadline)
    let loop = EventLoop(startThread: { _ in false })
    let address = try #require(addresses.first)
    do throws(ConnectFailure) {
      _ = try await ConnectAttempt.connect(to: address, keepAlive: nil, by: &deadline, on: loop)
      Issue.record("it connected without a thread")
    } catch {
      let error = MySQLError(connectingTo: "the test", [(address.text, error)])
      #expect(error.kind == .connectionRefused)
      #expect(
        error.message.contains("cannot connect to the test: the system allows this process no more threads"))
    }
  }

  /// The connection attempt gives up its own place at the loop before the caller has the socket.
  @Test func aConnectedSocketCanBeWatchedAtOnce() async throws {
    let server = try ScriptedServer { connection in
      try connection.sendGreeting()
      try connection.stall()
    }
    let loop = EventLoop()
    for _ in 0..<300 {
      var deadline = Deadline.after(.seconds(10))
      let addresses = try await Resolver.addresses(
        of: .tcp(host: "127.0.0.1", port: UInt16(server.port)), by: &deadline)
      let socket = try await ConnectAttempt.connect(
        to: #require(addresses.first), keepAlive: nil, by: &deadline, on: loop)
      let (arrivals, continuation) = AsyncStream<Void>.makeStream()
      let handler = CountingHandler {
        loop.remove(socket)
        continuation.yield()
      }
      loop.add(socket, handler, for: .read)
      try await watched { for await _ in arrivals { break } }
    }
    server.stop()
  }

  private func processorTime(of loop: EventLoop) async throws -> Duration {
    try await watched {
      await withCheckedContinuation { done in
        loop.run { done.resume(returning: MySQLTests.processorTime()) }
      }
    }
  }
}

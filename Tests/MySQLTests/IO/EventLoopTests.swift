import Foundation
import MySQLTesting
import Synchronization
import Testing

@testable import MySQL

@Suite(.timed) struct EventLoopTests {
  /// Returns two ends that are connected to each other.
  private func pair() throws -> (Socket, Socket) {
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    return (Socket(owning: ends[0]), Socket(owning: ends[1]))
  }

  private final class Handler: EventHandler {
    let calls = Counter()
    let alarms = Counter()
    let onReady: @Sendable () -> Void

    init(_ onReady: @escaping @Sendable () -> Void = {}) { self.onReady = onReady }

    func isReady(_ readiness: Readiness, _ scratch: UnsafeMutableRawBufferPointer) {
      calls.add(1)
      onReady()
    }
    func alarm() { alarms.add(1) }
  }

  @Test func worksWithoutAPipeUntilThereIsOne() async throws {
    let attempts = Counter()
    let loop = EventLoop {
      attempts.add(1)
      return attempts.value > 20 ? WakePipe() : nil
    }
    for _ in 0..<10 {
      try await watched { await withCheckedContinuation { done in loop.run { done.resume() } } }
    }
    let handler = Handler()
    loop.wake(handler, by: .after(.milliseconds(20)))
    #expect(await wait { handler.alarms.value == 1 && attempts.value > 20 })
    try await watched { await withCheckedContinuation { done in loop.run { done.resume() } } }
    #expect(attempts.value == 21)
  }

  @Test func runsTasksWithoutAPipe() async throws {
    let loop = EventLoop { nil }
    let task = Task(executorPreference: loop) { 17 }
    #expect(try await watched { await task.value } == 17)
  }

  @Test func onlyAnEarlierAlarmWakesTheLoop() async throws {
    let (wakes, wakePipe) = try countingPipe()
    let loop = EventLoop { wakePipe }
    func settled() async throws -> Int {
      try await watched { await withCheckedContinuation { done in loop.run { done.resume() } } }
      try await Task.sleep(for: .milliseconds(50))
      return wakes.value
    }
    let (first, later, earlier) = (Handler(), Handler(), Handler())
    loop.wake(first, by: .after(.seconds(60)))
    var before = try await settled()
    loop.wake(later, by: .after(.seconds(90)))
    loop.disarm(later)
    try await Task.sleep(for: .milliseconds(50))
    #expect(wakes.value == before)
    before = try await settled()
    loop.wake(earlier, by: .after(.milliseconds(100)))
    #expect(await wait { wakes.value == before + 1 && earlier.alarms.value == 1 })
    #expect(later.alarms.value == 0 && first.alarms.value == 0)
  }

  /// Returns a pipe, and a counter of the bytes that pass through it.
  private func countingPipe() throws -> (Counter, WakePipe) {
    var (near, far): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    try #require(pipe(&near) == 0 && pipe(&far) == 0)
    for end in [near[1], far[0]] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    let wakes = Counter()
    let (source, target) = (near[0], far[1])
    Thread.detachNewThread {
      var byte: UInt8 = 0
      while read(source, &byte, 1) == 1 {
        wakes.add(1)
        guard write(target, &byte, 1) == 1 else { break }
      }
      close(source)
      close(target)
    }
    return (wakes, WakePipe(descriptor: far[0], writeEnd: near[1]))
  }

  @Test func aRemovedSocketIsNotWatchedAgainByALateRequest() async throws {
    let loop = EventLoop()
    let (one, other) = try pair()
    let gone = Handler()
    loop.add(one, gone, for: .read)
    loop.remove(one)
    // Somebody else's socket by the same number.
    let twin = Handler { loop.remove(other) }
    loop.add(other, twin, for: .read)
    loop.watch(one, for: [.read, .write])
    var byte: UInt8 = 1
    #expect(send(one.descriptor, &byte, 1, 0) == 1)
    #expect(await wait { twin.calls.value == 1 })
    #expect(gone.calls.value == 0)
  }

  @Test func forgetsTheSocketBeforeTheNextRequest() async throws {
    let loop = EventLoop()
    weak var watched: Socket?
    do {
      let (one, _) = try pair()
      watched = one
      loop.add(one, Handler(), for: .read)
      loop.remove(one)
    }
    try await MySQLTests.watched { await withCheckedContinuation { done in loop.run { done.resume() } } }
    #expect(watched == nil)
  }

  @Test func aDisarmedAlarmDoesNotSound() async throws {
    let loop = EventLoop()
    let (first, second) = (Handler(), Handler())
    loop.wake(first, by: .after(.milliseconds(50)))
    loop.disarm(first)
    loop.wake(second, by: .after(.milliseconds(100)))
    #expect(await wait { second.alarms.value == 1 })
    #expect(first.alarms.value == 0)
  }

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
        to: addresses, keepAlive: nil, by: &deadline, describing: "the test", on: loop)
    }
    _ = try await watched { try await task.value }
    #expect(try await processorTime(of: loop) < .milliseconds(100))
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
        to: addresses, keepAlive: nil, by: &deadline, describing: "the test", on: loop)
      let (arrivals, continuation) = AsyncStream<Void>.makeStream()
      let handler = Handler {
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

import Foundation
import Testing

@testable import MySQL

@Suite(.timed) struct EventLoopTests {
  @Test func worksWithoutAPipeUntilThereIsOne() async throws {
    let attempts = Counter()
    let loop = EventLoop {
      attempts.add(1)
      return attempts.value > 20 ? WakePipe() : nil
    }
    for _ in 0..<10 {
      try await watched { await withCheckedContinuation { done in loop.run { done.resume() } } }
    }
    let handler = CountingHandler()
    loop.wake(handler, by: .after(.milliseconds(20)))
    #expect(await wait { handler.alarms.value == 1 && attempts.value > 20 })
    try await watched { await withCheckedContinuation { done in loop.run { done.resume() } } }
    #expect(attempts.value == 21)
  }

  /// A request that comes while the system allows no more threads is carried out once it does.
  @Test func worksAsSoonAsItGetsAThread() async throws {
    let attempts = Counter()
    let loop = EventLoop(startThread: { body in
      attempts.add(1)
      return attempts.value > 3 && Threads.start("mysql", body)
    })
    let handler = CountingHandler()
    loop.wake(handler, by: .after(.zero))
    #expect(!loop.start())
    try await watched { await withCheckedContinuation { done in loop.run { done.resume() } } }
    #expect(await wait { handler.alarms.value == 1 })
    #expect(loop.start())
    #expect(attempts.value == 4)
  }

  @Test func runsTasksWithoutAPipe() async throws {
    let loop = EventLoop { nil }
    let task = Task(executorPreference: loop) { 17 }
    #expect(try await watched { await task.value } == 17)
  }

  @Test func aRemovedSocketIsNotWatchedAgainByALateRequest() async throws {
    let loop = EventLoop()
    let (one, other) = try Socket.pair()
    let gone = CountingHandler()
    loop.add(one, gone, for: .read)
    loop.remove(one)
    // Somebody else's socket by the same number.
    let twin = CountingHandler { loop.remove(other) }
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
      let (one, _) = try Socket.pair()
      watched = one
      loop.add(one, CountingHandler(), for: .read)
      loop.remove(one)
    }
    try await MySQLTests.watched { await withCheckedContinuation { done in loop.run { done.resume() } } }
    #expect(watched == nil)
  }
}

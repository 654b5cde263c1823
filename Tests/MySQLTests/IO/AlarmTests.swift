import Foundation
import Testing

@testable import MySQL

/// An event loop's alarms.
@Suite(.timed) struct AlarmTests {
  @Test func onlyAnEarlierAlarmWakesTheLoop() async throws {
    let (wakes, wakePipe) = try countingPipe()
    let loop = EventLoop { wakePipe }
    func settled() async throws -> Int {
      try await watched { await withCheckedContinuation { done in loop.run { done.resume() } } }
      try await Task.sleep(for: .milliseconds(50))
      return wakes.value
    }
    let (first, later, earlier) = (CountingHandler(), CountingHandler(), CountingHandler())
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

  @Test func aDisarmedAlarmDoesNotSound() async throws {
    let loop = EventLoop()
    let (first, second) = (CountingHandler(), CountingHandler())
    loop.wake(first, by: .after(.milliseconds(50)))
    loop.disarm(first)
    loop.wake(second, by: .after(.milliseconds(100)))
    #expect(await wait { second.alarms.value == 1 })
    #expect(first.alarms.value == 0)
  }
}

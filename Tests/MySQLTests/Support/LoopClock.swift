import Foundation

@testable import MySQL

/// The processor time of the event loop's thread. It shows what delays other connections, however busy the
/// machine is.
struct LoopClock {
  private let id: clockid_t

  init() async throws {
    id = try await watched {
      await withCheckedContinuation { done in
        EventLoop.shared.run {
          var id = clockid_t()
          pthread_getcpuclockid(pthread_self(), &id)
          done.resume(returning: id)
        }
      }
    }
  }

  private var now: Duration {
    var time = timespec()
    clock_gettime(id, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// Returns how long the loop works before it runs a closure submitted now.
  func delay() async -> Duration {
    let start = now
    return await withCheckedContinuation { done in
      EventLoop.shared.run { done.resume(returning: now - start) }
    }
  }
}

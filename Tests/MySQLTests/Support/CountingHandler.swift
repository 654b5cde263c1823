@testable import MySQL

/// A handler that counts what an event loop tells it.
final class CountingHandler: EventHandler {
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

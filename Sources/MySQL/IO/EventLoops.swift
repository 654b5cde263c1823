import Foundation
import Synchronization

/// The threads that wait for sockets: one for every four processors, each created when first needed. New connections
/// are assigned to them in turn.
final class EventLoops: Sendable {
  static let shared = EventLoops(count: max(1, ProcessInfo.processInfo.activeProcessorCount / 4))

  let first: EventLoop
  private let state: Mutex<State>

  private struct State {
    var loops: [EventLoop]
    var next = 0
  }

  private let count: Int

  init(count: Int) {
    let first = EventLoop()
    self.first = first
    self.count = count
    state = Mutex(State(loops: [first]))
  }

  /// Returns the loop for a new connection: the caller's own if it runs on a loop's thread, so that its work stays
  /// there, and otherwise the next.
  /// - Parameter limit: The number of loops that connections of this kind are spread over; nil for all.
  func next(upTo limit: Int? = nil) -> EventLoop {
    state.withLock { state in
      if let own = state.loops.first(where: { $0.isCurrent }) { return own }
      let count = max(1, limit ?? count)
      state.next = (state.next + 1) % count
      while state.loops.count <= state.next { state.loops.append(EventLoop()) }
      return state.loops[state.next]
    }
  }
}

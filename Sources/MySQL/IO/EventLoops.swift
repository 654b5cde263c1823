import Foundation
import Synchronization

/// The threads that wait for sockets: one for each four processors, each made when it is first needed. Connections
/// take turns at them.
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

  /// The loop for a new connection: the one whose thread calls, so that what runs on it stays there, and else the next.
  /// - Parameter limit: How many loops connections of this kind are spread over; nil for all.
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

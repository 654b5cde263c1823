/// The last time that a server was away.
final class Outage: Sendable {
  private struct State {
    var start: ContinuousClock.Instant?
    var end: ContinuousClock.Instant?
  }
  private let state = Locked(State())

  /// How long after the server's return a client may still have old news.
  private static var grace: Duration { .seconds(3) }

  func begin() { state.withLock { $0 = State(start: .now) } }

  func end() { state.withLock { $0.end = .now } }

  /// Whether it explains that something failed now which began at that time.
  func explainsFailure(since beginning: ContinuousClock.Instant) -> Bool {
    state.withLock { state in
      guard state.start != nil else { return false }
      guard let end = state.end else { return true }
      return beginning < end + Self.grace
    }
  }
}

import MySQL

/// The outcomes that callers saw.
final class Ledger: Sendable {
  private let state = Locked(State())

  private struct State {
    var acknowledged: Set<Int> = []
    var strange: [String] = []
    var longest = Duration.zero
    var hasProgress = false
  }

  var acknowledged: Set<Int> { state.withLock { $0.acknowledged } }
  /// Errors that a crash does not explain.
  var strange: [String] { state.withLock { $0.strange } }
  /// The longest time that a caller waited for an error.
  var longest: Duration { state.withLock { $0.longest } }
  var hasProgress: Bool { state.withLock { $0.hasProgress } }

  func forgetProgress() { state.withLock { $0.hasProgress = false } }

  func acknowledge(_ id: Int) {
    state.withLock { state in
      state.acknowledged.insert(id)
      state.hasProgress = true
    }
  }

  func note(_ error: any Error, after time: Duration) {
    let kind = (error as? MySQLError)?.kind
    let code = (error as? MySQLError)?.server?.code
    let isExpected =
      kind == .connectionLost || kind == .connectionClosed || kind == .connectionRefused
      || kind == .server && code == .serverShutdown
    state.withLock { state in
      state.longest = max(state.longest, time)
      if !isExpected { state.strange.append("\(error)") }
    }
  }
}

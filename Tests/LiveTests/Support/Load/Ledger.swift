import MySQL

/// The outcomes that callers saw.
final class Ledger: Sendable {
  private let state = Locked(State())
  private let kinds: Set<MySQLError.Kind>
  private let codes: Set<MySQLError.Code>

  private struct State {
    var acknowledged: Set<Int> = []
    var failures = 0
    var strange: [String] = []
    var longest = Duration.zero
    var hasProgress = false
  }

  /// Makes a ledger for callers whose server crashes.
  ///
  /// - Parameters:
  ///   - kinds: The errors that something else explains.
  ///   - codes: The server's errors that something else explains.
  init(kinds: Set<MySQLError.Kind> = [], codes: Set<MySQLError.Code> = []) {
    self.kinds = kinds.union([.connectionLost, .connectionClosed, .connectionRefused])
    self.codes = codes.union([.serverShutdown])
  }

  var acknowledged: Set<Int> { state.withLock { $0.acknowledged } }
  /// How many calls failed.
  var failures: Int { state.withLock { $0.failures } }
  /// Errors that nothing explains.
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
    let isExplained =
      if let error = error as? MySQLError {
        kinds.contains(error.kind) || error.server.map { codes.contains($0.code) } ?? false
      } else {
        false
      }
    state.withLock { state in
      state.failures += 1
      state.longest = max(state.longest, time)
      if !isExplained { state.strange.append("\(error)") }
    }
  }
}

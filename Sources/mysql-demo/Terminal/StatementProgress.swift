import Synchronization

/// A line that shows how long a statement has been running, and how many rows have arrived. It appears after a second,
/// and disappears before anything else is written.
final class StatementProgress: Sendable {
  private let state = Mutex(State())

  private struct State: ~Copyable {
    var rows = 0
    var line: StatusLine? = StatusLine()
  }

  /// - Parameter isShown: Whether a person waits for the statement.
  init(isShown: Bool) {
    guard isShown else {
      end()
      return
    }
    let start = ContinuousClock.now
    Task.detached { [self] in
      try? await Task.sleep(for: .seconds(1))
      while show(after: start.duration(to: .now)) { try? await Task.sleep(for: .milliseconds(200)) }
    }
  }

  func note(rows: Int) { state.withLock { $0.rows = rows } }

  /// Removes the line for good.
  func end() { state.withLock { $0.line = nil } }

  /// Shows the line. Returns whether the statement still runs.
  private func show(after time: Duration) -> Bool {
    state.withLock { state in
      guard state.line != nil else { return false }
      let text = Self.text(time: time, rows: state.rows)
      state.line?.show(text)
      return true
    }
  }

  /// Returns what the line says.
  static func text(time: Duration, rows: Int) -> String {
    let seconds = time.components.seconds
    let clock =
      seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    return "\(clock), \(rows == 1 ? "1 row" : "\(rows) rows"); Ctrl-C stops the statement"
  }
}

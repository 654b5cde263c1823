import MySQL

/// What callers of a client with several servers were told.
final class FailoverLedger: Sendable {
  /// A row that a task wrote and that the client said was written.
  struct Write: Sendable, Hashable {
    var task: Int
    var number: Int
  }

  private struct State {
    var acknowledged: [Write: Range<ContinuousClock.Instant>] = [:]
    /// How many reads there were at each server.
    var reads: [Int: Int] = [:]
    var complaints: [String] = []
    var errors: [String: Int] = [:]
    var lastBeginning: ContinuousClock.Instant?
  }

  private let state = Locked(State())

  var acknowledged: [Write: Range<ContinuousClock.Instant>] { state.withLock { $0.acknowledged } }
  var reads: [Int: Int] { state.withLock { $0.reads } }
  /// What must not have happened.
  var complaints: [String] { state.withLock { $0.complaints } }
  /// How often each kind of error occurred.
  var errors: [String: Int] { state.withLock { $0.errors } }
  /// When the latest of the writes that were acknowledged began.
  var lastBeginning: ContinuousClock.Instant? { state.withLock { $0.lastBeginning } }

  func acknowledge(_ write: Write, begunAt beginning: ContinuousClock.Instant) {
    state.withLock { state in
      state.acknowledged[write] = beginning..<max(beginning, .now)
      state.lastBeginning = max(beginning, state.lastBeginning ?? beginning)
    }
  }

  /// Records what a task has read at a server after it wrote a row.
  func note(_ number: Int, readAt server: Int, after write: Write) {
    state.withLock { state in
      state.reads[server, default: 0] += 1
      if number < write.number {
        state.complaints.append(
          "task \(write.task) read \(number) at \(server) after it wrote \(write.number)")
      }
    }
  }

  func note(_ error: any Error) {
    let complaint = complaint(about: error)
    state.withLock { state in
      let kind = (error as? MySQLError).map { "\($0.kind) \($0.server?.code.rawValue ?? 0)" } ?? "untyped"
      state.errors[kind, default: 0] += 1
      if let complaint { state.complaints.append(complaint) }
    }
  }

  private func complaint(about error: any Error) -> String? {
    guard let error = error as? MySQLError else { return "an error without a type: \(error)" }
    let faults: Set<MySQLError.Kind> = [
      .protocolViolation, .notMySQL, .decoding, .encoding, .misuse, .configuration, .authentication, .tls,
      .cancelled,
    ]
    if faults.contains(error.kind) { return "an error that no fault explains: \(error)" }
    let names = error.endpoint?.hasPrefix("127.0.0.1:") == true && error.description.contains("127.0.0.1:")
    return names ? nil : "an error that names no server: \(error)"
  }
}

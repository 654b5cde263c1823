import MySQL

/// A check whether the outcome of a scenario is acceptable, given what was broken.
struct OutcomeCheck: Sendable {
  var fault: FaultCase
  var expected: [String]
  var transcript: [String]
  var outcome: Result<Void, any Error>
  var taken: Duration
  /// Whether the server has received the only command that can have been sent.
  var hasSentCommand: Bool

  var complaints: [String] {
    var all: [String] = []
    if !expected.starts(with: transcript) { all.append("a wrong answer: \(transcript.suffix(2))") }
    switch outcome {
    case .success:
      if transcript != expected { all.append("a short answer: \(transcript.count) of \(expected.count)") }
    case .failure(is Hang): all.append("it hangs")
    case .failure(let error as MySQLError): all += complaints(about: error)
    case .failure(let error): all.append("an untyped error: \(error)")
    }
    return all
  }

  private func complaints(about error: MySQLError) -> [String] {
    var all: [String] = []
    if fault.isHarmless { all.append("it fails: \(error)") }
    if fault.isSeenAtOnce, error.kind == .timeout { all.append("it waits for what is broken: \(error)") }
    if fault.kind == .blackHole, error.kind != .timeout {
      all.append("no time-out but \(error.kind): \(error)")
    }
    if fault.kind == .blackHole, taken > .seconds(2) { all.append("the deadline passed long ago: \(taken)") }
    if error.isRetryable, hasSentCommand { all.append("it says that nothing was sent: \(error)") }
    let text = "\(error) \(String(reflecting: error))"
    if text.contains(FaultSchema.password) { all.append("a password in an error") }
    return all
  }

  /// Checks that the connection either works, or is closed and says so.
  func complaintsOfAftermath(_ connection: MySQLConnection) async -> [String] {
    var all: [String] = []
    if case .failure(let error as MySQLError) = outcome, error.kind != .server, error.kind != .authentication,
      !connection.isClosed
    {
      all.append("it is open though its exchange failed: \(error)")
    }
    do throws(MySQLError) {
      let marker = "\(fault)"
      let rows = try await connection.query("SELECT '\(unsafe: marker)'").collect()
      let answers = try rows.map { row throws(MySQLError) in try row.decode(at: 0, as: String.self) }
      if answers != [marker] { all.append("another answer: \(answers)") }
    } catch {
      // The fault may happen only now, or be noticed only now.
      if !connection.isClosed, error.kind != .server { all.append("it is open, and fails: \(error)") }
    }
    guard connection.isClosed else { return all }
    do throws(MySQLError) {
      try await connection.ping()
      all.append("it is closed, and works")
    } catch {
      if error.kind != .connectionClosed || error.reach != .notSent { all.append("closed, it says \(error)") }
    }
    return all
  }
}

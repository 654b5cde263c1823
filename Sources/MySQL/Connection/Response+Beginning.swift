import Synchronization

extension Response {
  /// Waits for the connection's gate unless the caller holds it, then sends the command, or the first command of a
  /// statement.
  static nonisolated(nonsending) func begin(
    _ work: Work, name: String, on connection: MySQLConnection, localInfile: MySQLByteSource? = nil,
    turn: Turn = .own, isObserved: Bool = true, lease: Lease? = nil, in scope: TransactionScope? = nil
  ) async throws(MySQLError) -> Response {
    if turn == .own, try !connection.gate.enterNow() { try await connection.gate.enter(within: work.timeout) }
    do throws(MySQLError) {
      try await scope?.confirm(.held)
      if try !connection.isReady(for: work) { try await connection.makeReady(for: work) }
    } catch {
      if turn == .own { connection.gate.leave() }
      throw error
    }
    return try begun(work, name, connection, localInfile, turn, isObserved, lease)
  }

  /// Does the same if it need not wait for anything; otherwise returns nil. The version that can wait costs a quarter
  /// of a microsecond more, whether it waits or not.
  static func beginNow(
    _ work: Work, name: String, on connection: MySQLConnection, localInfile: MySQLByteSource?,
    lease: Lease? = nil, in scope: TransactionScope? = nil
  ) throws(MySQLError) -> Response? {
    if let scope, scope.isInDoubt { return nil }
    guard try connection.gate.enterNow() else { return nil }
    let isReady: Bool
    do throws(MySQLError) {
      try scope?.check()
      isReady = try connection.isReady(for: work)
    } catch {
      connection.gate.leave()
      throw error
    }
    guard isReady else {
      connection.gate.leave()
      return nil
    }
    return try begun(work, name, connection, localInfile, .own, true, lease)
  }

  /// Starts a response once the gate is held and the session is ready.
  private static func begun(
    _ work: Work, _ name: String, _ connection: MySQLConnection, _ localInfile: MySQLByteSource?,
    _ turn: Turn, _ isObserved: Bool, _ lease: Lease?
  ) throws(MySQLError) -> Response {
    guard !Task.isCancelled else {
      if turn == .own { connection.gate.leave() }
      throw MySQLError(.cancelled, "the task was cancelled before its command was sent")
    }
    let response = Response(work, name, connection, localInfile, turn, isObserved, lease)
    try response.start(work)
    return response
  }

  private func start(_ work: Work) throws(MySQLError) {
    do throws(MySQLError) {
      switch work {
      case .command(let command):
        connection.note(command)
        try state.withLock { (state) throws(MySQLError) in try send(command, &state) }
      case .statement(let statement):
        let cached = connection.findPrepared(statement)
        try state.withLock { (state) throws(MySQLError) in
          let action = try state.machine.start(cached)
          _ = try carryOut(action, &state)
        }
      }
    } catch {
      throw failed(error)
    }
  }
}

extension MySQLConnection {
  /// Begins a statement, without waiting if it need not.
  @inline(__always)
  nonisolated(nonsending) func begin(
    _ work: Work, _ localInfile: MySQLByteSource? = nil, lease: Lease? = nil,
    in scope: TransactionScope? = nil
  ) async throws(MySQLError) -> Response {
    if let response = try Response.beginNow(
      work, name: "query", on: self, localInfile: localInfile, lease: lease, in: scope)
    {
      return response
    }
    return try await Response.begin(
      work, name: "query", on: self, localInfile: localInfile, lease: lease, in: scope)
  }
}

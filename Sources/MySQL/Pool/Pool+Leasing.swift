import Synchronization

extension Pool {
  /// A connection that was idle for this long may have been closed without the event loop having noticed.
  private static var shortIdle: Nanoseconds { 50_000_000 }
  /// How long a connection that was idle for longer than the setting `idleCheck` may take to reply to a ping.
  private static var pingTime: Nanoseconds { 2_000_000_000 }

  /// Lends a connection. If it has to read what a position contains, its server is waited for.
  nonisolated(nonsending) func lease(
    for use: LeaseUse, to holder: LeaseHolder, within limit: Nanoseconds? = nil
  ) async throws(MySQLError) -> Lease {
    let lease = try await lease(to: holder, within: limit)
    guard case .reading(let position) = use, !position.isEmpty else { return lease }
    let time = configuration.catchUpTimeout
    do throws(MySQLError) {
      if try await lease.connection.catchUp(with: position, within: time.nanoseconds) { return lease }
    } catch {
      lease.end()
      throw error
    }
    lease.end()
    throw MySQLError(
      .timeout,
      "the server has not caught up with the position within \(DurationText.print(time)) (catch-up-timeout)")
  }

  /// Lends a connection, after waiting for one if necessary.
  ///
  /// - Throws: `MySQLError` of the kind `timeout` if none came in time, and why none could be opened.
  nonisolated(nonsending) func lease(
    to holder: LeaseHolder, within limit: Nanoseconds? = nil
  ) async throws(MySQLError) -> Lease {
    var end: Deadline?
    var areOldDead = false
    while true {
      let lease: Lease
      if let idle = leaseNow(to: holder) {
        lease = idle
      } else {
        lease = try await wait(for: holder, end?.timeLeft ?? limit)
      }
      guard let idleCheck, lease.idleTime >= idleCheck else { return lease }
      let deadline = end ?? .after(limit ?? configuration.acquireTimeout.nanoseconds)
      end = deadline
      // What the network has done to one, it has probably done to all: none of the others is asked.
      if areOldDead {
        lease.connection.channel.fail(Self.foundEnded)
      } else if await isAlive(lease.connection, until: deadline) {
        guard Task.isCancelled else { return lease }
        lease.end()
        throw Self.cancelled
      }
      areOldDead = true
      lease.end()
    }
  }

  /// Whether the server still replies on a connection. The task's cancellation does not change the reply.
  private func isAlive(_ connection: MySQLConnection, until end: Deadline) async -> Bool {
    let time = min(Self.pingTime, end.timeLeft)
    return await Task.detached { await connection.isAlive(within: time) }.value
  }

  /// Lends a connection that is idle and has not ended; nil if there is none.
  func leaseNow(to holder: LeaseHolder) -> Lease? {
    while true {
      let now = Platform.uptime
      let found = state.withLock { state -> (MySQLConnection, Int, Nanoseconds)? in
        guard let (id, idleTime) = state.machine.leaseNow(to: holder, at: now),
          let connection = state.connections[id]
        else { return nil }
        return (connection, id, idleTime)
      }
      guard let (connection, id, idleTime) = found else { return nil }
      let lease = Lease(connection, id, of: self, idleTime: idleTime)
      if idleTime > Self.shortIdle, connection.channel.hasUnreadBytes {
        connection.channel.fail(Self.foundEnded)
      }
      if !connection.isClosed {
        observer?.pool(.leased(waited: .zero))
        return lease
      }
      lease.end()
    }
  }

  private static var foundEnded: MySQLError {
    MySQLError(.connectionLost, "the server closed the connection while it was idle")
  }

  private nonisolated(nonsending) func wait(
    for holder: LeaseHolder, _ limit: Nanoseconds?
  ) async throws(MySQLError) -> Lease {
    let start = Platform.uptime
    observer?.pool(.waiting)
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    let outcome = await withTaskCancellationHandler {
      await withUnsafeContinuation { (waiter: Waiter) in
        change { state in
          state.waiters[id] = waiter
          return state.machine.wait(id, for: holder, at: Platform.uptime)
        }
        if Task.isCancelled { giveUp(id, .failed(Self.cancelled)) }
        if let limit { expire(id, after: limit) }
      }
    } onCancel: {
      giveUp(id, .failed(Self.cancelled))
    }
    switch outcome {
    case .leased(let lease):
      observer?.pool(.leased(waited: .nanoseconds(Platform.uptime - start)))
      return lease
    case .failed(let error): throw error
    case .timedOut(let error):
      observer?.pool(.timedOut)
      throw error
    }
  }

  private static var cancelled: MySQLError {
    MySQLError(.cancelled, "the task was cancelled while it waited for a connection")
  }

  private func expire(_ waiter: Int, after limit: Nanoseconds) {
    EventLoop.shared.call(by: .after(limit)) { [weak self] in
      guard let self else { return }
      giveUp(waiter, .timedOut(exhausted(after: limit)))
    }
  }

  /// Ends a waiter's wait, unless it has already ended.
  private func giveUp(_ waiter: Int, _ outcome: Outcome) {
    let continuation = state.withLock { state in
      state.machine.cancel(waiter) ? state.waiters.removeValue(forKey: waiter) : nil
    }
    continuation?.resume(returning: outcome)
  }
}

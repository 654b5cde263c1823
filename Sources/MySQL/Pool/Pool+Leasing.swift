import Synchronization

extension Pool {
  /// A connection that was idle for this long is asked whether it is still there.
  private static var longIdle: Nanoseconds { 30_000_000_000 }
  /// One that was idle for this long may have been closed without the event loop having noticed.
  private static var shortIdle: Nanoseconds { 50_000_000 }
  /// How long a connection may take to reply to that question.
  private static var pingTime: Nanoseconds { 2_000_000_000 }

  /// Lends a connection, after waiting for one if necessary.
  ///
  /// - Throws: `MySQLError` of the kind `timeout` if none came in time, and why none could be opened.
  nonisolated(nonsending) func lease(
    to holder: LeaseHolder, within limit: Nanoseconds? = nil
  ) async throws(MySQLError) -> Lease {
    while true {
      let lease: Lease
      if let idle = leaseNow(to: holder) { lease = idle } else { lease = try await wait(for: holder, limit) }
      if lease.idleTime < Self.longIdle { return lease }
      if await lease.connection.isAlive(within: Self.pingTime) { return lease }
      lease.end()
    }
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
        if Task.isCancelled { giveUp(id, Self.cancelled) }
        if let limit { expire(id, after: limit) }
      }
    } onCancel: {
      giveUp(id, Self.cancelled)
    }
    switch outcome {
    case .leased(let lease):
      observer?.pool(.leased(waited: .nanoseconds(Platform.uptime - start)))
      return lease
    case .failed(let error):
      if error.kind == .timeout { observer?.pool(.timedOut) }
      throw error
    }
  }

  private static var cancelled: MySQLError {
    MySQLError(.cancelled, "the task was cancelled while it waited for a connection")
  }

  private func expire(_ waiter: Int, after limit: Nanoseconds) {
    EventLoop.shared.call(by: .after(limit)) { [weak self] in
      guard let self else { return }
      giveUp(waiter, exhausted())
    }
  }

  /// Ends a waiter's wait, unless it has already ended.
  private func giveUp(_ waiter: Int, _ error: MySQLError) {
    let continuation = state.withLock { state in
      state.machine.cancel(waiter) ? state.waiters.removeValue(forKey: waiter) : nil
    }
    continuation?.resume(returning: .failed(error))
  }
}

import Synchronization

extension Pool {
  /// Fails all waiters and closes idle connections. Leased ones are closed when they come back, or after a while, when
  /// their holders' commands fail.
  func shutDown(within time: Duration) async {
    change { $0.machine.shutDown() }
    let forcing = Task.detached {
      // Task.sleep traps with a time that its clock cannot count (Swift 6.3).
      try await Task.sleep(for: .nanoseconds(time.nanoseconds))
      self.closeAll()
    }
    await ended()
    forcing.cancel()
    await killer.close()
  }

  /// Does the same without waiting for anything.
  func abandon() {
    change { $0.machine.shutDown() }
    killer.abandon()
  }

  /// Has the connections that are in use now closed when they are given back.
  func closeReturned() { state.withLock { $0.machine.closeReturned(at: Platform.uptime) } }

  /// Closes idle connections at once, and those in use when they are given back. Callers that wait for one get an error
  /// of the kind `connectionClosed`, and attempts to connect are given up.
  func evict() {
    var dials: [Task<Void, Never>] = []
    change { state in
      dials = Array(state.dials.values)
      return state.machine.evict(at: Platform.uptime)
    }
    // Only now: callers that wait must not be told that somebody was cancelled.
    for dial in dials { dial.cancel() }
  }

  /// Waits until the pool is shut down and nothing is left of it.
  func ended() async { await end.wait() }

  /// Waits for nobody any longer: neither for holders nor for servers.
  private func closeAll() {
    let (connections, dials) = state.withLock { state in
      (Array(state.connections.values) + state.closing.values, Array(state.dials.values))
    }
    for dial in dials { dial.cancel() }
    for connection in connections {
      connection.channel.fail(MySQLError(.connectionClosed, "the client was shut down", reach: .unknown))
    }
    change { $0.machine.forgetLeased() }
  }
}

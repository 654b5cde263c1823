import Synchronization

extension Pool {
  /// How many connections are in use, or waited for.
  var load: Int { state.withLock { $0.machine.leased + $0.machine.waiting } }

  /// Whether connections are in use that were lent before `closeReturned`.
  var hasOldLeases: Bool { state.withLock { $0.machine.hasOldLeases } }

  /// Whether a connection can be lent at once.
  var hasIdle: Bool { state.withLock { $0.machine.idleCount > 0 && $0.machine.waiting == 0 } }

  var status: MySQLPoolStatus {
    let now = Platform.uptime
    return state.withLock { state in
      let machine = state.machine
      return MySQLPoolStatus(
        idle: machine.idleCount, leased: machine.leased, opening: machine.opening, waiting: machine.waiting,
        leases: machine.holders.sorted { $0.since < $1.since }
          .map { MySQLPoolStatus.Lease(location: $0.holder.text, duration: .nanoseconds(now - $0.since)) })
    }
  }

  /// Returns the error for a caller that got no connection in time.
  func exhausted(after time: Nanoseconds) -> MySQLError { state.withLock { exhausted($0, after: time) } }

  /// - Parameter time: The caller's own limit; nil if that is the setting `acquireTimeout`.
  func exhausted(_ state: State, after time: Nanoseconds? = nil) -> MySQLError {
    let machine = state.machine
    // What is left of a caller's limit may be any number of nanoseconds.
    let left = time.map { Duration.nanoseconds($0 < 1_000_000 ? $0 : ($0 + 500_000) / 1_000_000 * 1_000_000) }
    let limit = DurationText.print(left ?? configuration.acquireTimeout)
    var message =
      "no connection came free within \(limit) (\(time == nil ? "acquire-timeout" : "the call's time limit"))"
    if machine.leased > 0 {
      let now = Platform.uptime
      let longest = machine.holders.sorted { $0.since < $1.since }.prefix(3).map {
        "\($0.holder.text) for \(max(1, (now - $0.since) / 1_000_000)) ms"
      }
      message +=
        ": \(machine.leased) of \(machine.limits.maximum) (max-connections) are in use, the longest by "
        + longest.joined(separator: ", ")
        + "; hold them for a shorter time, or raise max-connections (a task that holds one and waits for another "
        + "waits for itself)"
    }
    if let failure = state.failure { message += "; the last attempt to connect failed: \(failure)" }
    var error = MySQLError(.timeout, message)
    if server != nil { error.endpoint = configuration.endpoint.text }
    return error
  }
}

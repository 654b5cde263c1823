import Synchronization

extension Servers: ConnectionSource {
  /// How long a server may take to lend a connection before it is asked whether it is still there.
  private static var shortWait: Nanoseconds { 500_000_000 }

  nonisolated(nonsending) func lease(
    for use: LeaseUse, to holder: LeaseHolder, within limit: Nanoseconds?
  ) async throws(MySQLError) -> Lease {
    let start = Deadline.now
    let end = Deadline.after(limit ?? configuration.acquireTimeout.nanoseconds)
    var need = need(for: use)
    let position = position(for: use)
    var tried: Set<MemberID> = []
    while true {
      let member = try await member(for: need, position, avoiding: tried, since: start, by: end)
      guard let condition = try await condition(of: member, for: use, position, holder, by: end) else {
        // No other member would know either.
        state.withLock { $0.choice.lagged(member.id, at: Platform.uptime) }
        need = .writer
        continue
      }
      let lease: Lease
      do throws(MySQLError) {
        lease = try await self.lease(from: member.pool, member.id, to: holder, by: end)
      } catch {
        try note(error, of: member.id, by: end)
        tried.insert(member.id)
        continue
      }
      do throws(MySQLError) {
        if try await meets(condition, lease.connection, of: member, by: end) { return lease }
      } catch {
        lease.end()
        throw error
      }
      lease.end()
      if !member.isWriter { tried.insert(member.id) }
    }
  }

  /// What a member must have done before it is used.
  private enum Condition {
    case nothing
    /// It has carried out what the writer before it has confirmed.
    case isSettled
    case has(MySQLPosition)
    /// It has what the primary of the Galera cluster has; nil for what it has received itself.
    case isAsFarAs(ClusterPosition?)
  }

  /// Returns what a member must have done before it is used; nil if it cannot be used, because nobody knows what it
  /// has to wait for.
  private nonisolated(nonsending) func condition(
    of member: Chosen, for use: LeaseUse, _ position: MySQLPosition, _ holder: LeaseHolder, by end: Deadline
  ) async throws(MySQLError) -> Condition? {
    if member.isWriter { return .isSettled }
    guard case .reading = use else { return .nothing }
    guard member.cluster == .galera else { return position.isEmpty ? .nothing : .has(position) }
    guard configuration.readYourWrites else { return .nothing }
    guard configuration.target == .preferReplica else { return .isAsFarAs(nil) }
    return try await positionOfPrimary(holder, by: end).map { .isAsFarAs($0) }
  }

  /// Waits until a member meets the condition, and returns whether it does.
  private nonisolated(nonsending) func meets(
    _ condition: Condition, _ connection: MySQLConnection, of member: Chosen, by end: Deadline
  ) async throws(MySQLError) -> Bool {
    let hasCaughtUp: Bool
    switch condition {
    case .nothing: return true
    case .isSettled: return try await settle(connection, of: member, by: end)
    case .has(let position):
      if state.withLock({ $0.caughtUp[member.id]?.contains(position) ?? false }) { return true }
      hasCaughtUp = try await connection.catchUp(with: position, within: catchUpTime(by: end))
      // Not a union: that of many positions may claim more than either.
      if hasCaughtUp { state.withLock { $0.caughtUp[member.id] = position } }
    case .isAsFarAs(let position):
      hasCaughtUp = try await connection.catchUp(with: position, within: catchUpTime(by: end))
    }
    if !hasCaughtUp { state.withLock { $0.choice.lagged(member.id, at: Platform.uptime) } }
    return hasCaughtUp
  }

  private func catchUpTime(by end: Deadline) -> Nanoseconds {
    min(configuration.catchUpTimeout.nanoseconds, end.timeLeft)
  }

  private func need(for use: LeaseUse) -> Choice.Need {
    switch (configuration.target, use) {
    case (.any, _): .any
    case (.primary, _), (.preferReplica, .anything): .writer
    case (.preferReplica, .reading): .preferablyReplica
    case (.replica, _): .replica
    }
  }

  /// What has to be in the history of the server that is read from.
  private func position(for use: LeaseUse) -> MySQLPosition {
    guard case .reading(var position) = use else { return MySQLPosition() }
    if let written = positions?.position { position.formUnion(written) }
    return position
  }

  private typealias Chosen = (id: MemberID, pool: Pool, isWriter: Bool, cluster: ServerRole.Cluster?)

  /// Returns the member for a call, after waiting for one if necessary.
  private nonisolated(nonsending) func member(
    for need: Choice.Need, _ position: MySQLPosition, avoiding tried: Set<MemberID>,
    since start: Deadline, by end: Deadline
  ) async throws(MySQLError) -> Chosen {
    while true {
      askDue()
      let waiter = OneShot<Void>(orElse: MySQLError(.timeout, "no server in time"))
      var wake = end
      let chosen = try state.withLock { (state) throws(MySQLError) -> Chosen? in
        guard !state.isShutDown else { throw MySQLError(.connectionClosed, "the client was shut down") }
        let pools = state.pools
        let choice = state.choice.choose(
          need, avoiding: tried, isAfterWrite: !position.isEmpty, at: Platform.uptime
        ) { pools[$0]?.load ?? 0 }
        switch choice {
        case .use(let id):
          guard let pool = state.pools[id] else { return nil }
          let isWriter = state.choice.writer == id && asksRoles
          return (id, pool, isWriter, state.choice.members[id]?.role?.cluster)
        case .wait(let moment):
          if let moment { wake = min(end, Deadline(instant: moment)) }
          if isHopeless(state, since: start.instant) { throw unavailable(need, state) }
          state.waiters.append(waiter)
          return nil
        }
      }
      if let chosen { return chosen }
      if end.hasPassed { throw state.withLock { unavailable(need, $0) } }
      do throws(MySQLError) {
        try await waiter.wait(
          by: &wake,
          whenCancelled: MySQLError(.cancelled, "the task was cancelled while it waited for a server"))
      } catch {
        if error.kind != .timeout { throw error }
      }
    }
  }

  /// Leases a connection from a member's pool. If that takes long, the member is asked whether it is still there: a pool
  /// whose server is gone fails everybody that waits.
  private nonisolated(nonsending) func lease(
    from pool: Pool, _ id: MemberID, to holder: LeaseHolder, by end: Deadline
  ) async throws(MySQLError) -> Lease {
    if pool.hasIdle { return try await pool.lease(to: holder, within: end.timeLeft) }
    let isOver = Latch()
    EventLoop.shared.call(by: .after(Self.shortWait)) { [weak self] in
      if !isOver.isOpen { self?.doubt(id) }
    }
    defer { isOver.open() }
    return try await pool.lease(to: holder, within: end.timeLeft)
  }

  /// Notes why a member lent no connection, and returns if another one may.
  private func note(_ error: MySQLError, of id: MemberID, by end: Deadline) throws(MySQLError) {
    switch error.kind {
    // It was evicted, and another member may be in its place.
    case .connectionClosed where !state.withLock({ $0.isShutDown }): break
    case .cancelled, .misuse, .connectionClosed: throw error
    case _ where end.hasPassed: throw error
    // Servers that have been asked what they are have let this client in, so that this concerns only one of them.
    case _ where !asksRoles && ConnectFailure.login(error).isFinal: throw error
    default:
      change { state in
        if let endpoint = state.choice.members[id]?.endpoint { state.failures[endpoint] = error }
        return state.choice.failed(id, at: Platform.uptime)
      }
    }
  }

  /// After another member has become the writer, waits until that has carried out what the old one has confirmed, and
  /// returns whether it has. A member of a cluster accepts writes before.
  private nonisolated(nonsending) func settle(
    _ connection: MySQLConnection, of member: Chosen, by end: Deadline
  ) async throws(MySQLError) -> Bool {
    let isNeeded = configuration.readYourWrites
    // The member may have been replaced before its connection was lent. From now on, that would be noticed.
    let (isWriter, wait) = state.withLock { state in
      state.choice.writer == member.id ? (true, isNeeded ? state.lendWriter(member.id) : nil) : (false, nil)
    }
    guard let wait else { return isWriter }
    let time = catchUpTime(by: end)
    var hasCaughtUp = true
    if member.cluster == .galera {
      hasCaughtUp = try await connection.catchUp(with: nil, within: time)
    } else if member.cluster == .group, let written = positions?.position {
      hasCaughtUp = try await connection.catchUp(with: written, within: time)
    }
    if hasCaughtUp { state.withLock { $0.succession.succeeded(wait) } }
    return hasCaughtUp || end.hasPassed
  }

  /// Asks the primary of a Galera cluster how far it is. A node cannot be asked about itself: one that has just been cut
  /// off, or was stopped for a while, does not know yet that the others have gone on. It comes before the lease of another
  /// connection, so that no call holds one while it waits for one.
  private nonisolated(nonsending) func positionOfPrimary(
    _ holder: LeaseHolder, by end: Deadline
  ) async throws(MySQLError) -> ClusterPosition? {
    let lease = try await self.lease(for: .anything, to: holder, within: end.timeLeft)
    defer { lease.end() }
    return try await lease.connection.clusterProgress(within: catchUpTime(by: end))?.counted
  }

  /// Whether waiting will not help: no server has replied, and none ever has, or there is nothing to tell servers apart.
  private func isHopeless(_ state: State, since start: Nanoseconds) -> Bool {
    guard state.choice.isUnreachable(since: start) else { return false }
    return !asksRoles || !state.choice.hasReached
      || state.failures.values.contains { ConnectFailure.login($0).isFinal }
  }

  /// The error that says why each server is not used.
  private func unavailable(_ need: Choice.Need, _ state: State) -> MySQLError {
    let endpoints = configuration.endpoints
    if state.choice.isUnreachable(since: .min) {
      return MySQLError(
        connectingTo: endpoints.map(\.text).joined(separator: ", "),
        endpoints.indices.compactMap { number in
          state.failures[number].map { (endpoints[number].text, .login($0)) }
        })
    }
    let wanted =
      switch need {
      case .any: "server"
      case .writer: "primary"
      case .replica, .preferablyReplica: "replica"
      }
    let reasons = endpoints.indices.map { number in
      let members = state.choice.members.values.filter { $0.endpoint == number }
      let place = endpoints[number].text
      if let failure = state.failures[number] { return "\(place): \(failure)" }
      if members.contains(where: { $0.lagEnd > Platform.uptime }) {
        return "\(place) has not caught up (catch-up-timeout)"
      }
      return "\(place) \(members.compactMap { $0.role?.text }.first ?? "has not replied yet")"
    }
    return MySQLError(
      .timeout,
      "none of the servers can be used as a \(wanted) (target): \(reasons.joined(separator: "; "))")
  }
}

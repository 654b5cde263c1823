import Synchronization

extension Pool: LeaseOwner {
  /// Takes a connection back from its holder. It is lent again only if no command is in progress on it. If the holder
  /// may have left something in its session, the session is reset before the next statement.
  func takeBack(_ connection: MySQLConnection, _ id: Int) {
    switch connection.gate.tryEnter() {
    case .entered: takeBackIdle(connection, id)
    case .upkeep:
      Task.detached {
        if await connection.gate.enterAfterUpkeep() {
          self.takeBackIdle(connection, id)
        } else {
          self.takeBack(connection, id)
        }
      }
    case .inUse:
      connection.channel.fail(
        MySQLError(
          .misuse,
          "the connection was returned to the pool with a command in progress or rows unread, so it was closed"
        ))
      change { $0.machine.returned(id, isUsable: false, at: Platform.uptime) }
    }
  }

  /// Takes back a connection whose gate is held, and opens the gate.
  private func takeBackIdle(_ connection: MySQLConnection, _ id: Int) {
    let renewal = connection.renewal
    if renewal == .reset { connection.resetAhead() }
    connection.gate.leave()
    change { $0.machine.returned(id, isUsable: renewal != .impossible, at: Platform.uptime) }
    // What the last holder left, such as locks, must not last until the next one comes.
    if renewal == .reset, state.withLock({ $0.machine.isIdle(id) }) { connection.getReadySoon() }
  }

  func open(_ id: Int) {
    let membership = PoolMembership(killer: killer, watch: server?.watch) { [weak self] in self?.lost(id) }
    let task = Task.detached { [weak self, configuration, observer, server] in
      do throws(MySQLError) {
        let connection = try await MySQLConnection.connect(
          configuration, observer, pool: membership, to: server?.address)
        guard let self else { return await connection.close() }
        do throws(MySQLError) {
          if let server, server.asksRole { server.admitted(try await connection.askRole()) }
          try await connection.getReadyNow()
        } catch {
          await connection.close()
          throw error
        }
        opened(id, connection)
      } catch {
        self?.notOpened(id, error)
      }
    }
    state.withLock { if $0.machine.isOpening(id) { $0.dials[id] = task } }
  }

  private func opened(_ id: Int, _ connection: MySQLConnection) {
    observer?.pool(.opened)
    change { state in
      state.dials[id] = nil
      state.connections[id] = connection
      state.failure = nil
      return state.machine.opened(id, at: Platform.uptime)
    }
    // The connection may have ended before it was stored.
    if connection.isClosed { lost(id) }
  }

  private func notOpened(_ id: Int, _ error: MySQLError) {
    change { state in
      state.dials[id] = nil
      state.failure = error
      return state.machine.notOpened(
        id, isForWantOfRoom: error.server?.code.meansTooManyConnections ?? false, at: Platform.uptime)
    }
  }

  func lost(_ id: Int) {
    change { $0.machine.lost(id, at: Platform.uptime) }
  }

  /// Opens as many connections as should be kept.
  func fill() { change { $0.machine.fill(at: Platform.uptime) } }
}

extension MySQLError.Code {
  /// Whether the server, or the account, has as many connections as it may.
  var meansTooManyConnections: Bool {
    self == .tooManyConnections || self == .tooManyUserConnections || self == .userLimitReached
  }
}

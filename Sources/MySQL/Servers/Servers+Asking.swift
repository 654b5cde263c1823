import Synchronization

// What the servers are, by their own account.
extension Servers {
  /// How long a server may take to let this client in and to say what it is.
  private var patience: Nanoseconds { min(configuration.connectTimeout.nanoseconds, 2_000_000_000) }

  /// Asks the endpoints whose turn it is. Nothing waits for that.
  func askDue() {
    let due = state.withLock { $0.isShutDown ? [] : $0.choice.takeDue(at: Platform.uptime) }
    for number in due {
      Task.detached { [weak self] in
        guard let self else { return }
        let replies = await ask(configuration.endpoints[number])
        change { state in
          state.failures[number] = replies.compactMap(\.failure).first
          return state.choice.asked(
            number, replies.compactMap { reply in reply.isFromNobody ? nil : (reply.address, reply.event) },
            at: Platform.uptime)
        }
      }
    }
  }

  /// Asks all addresses of an endpoint.
  private func ask(_ endpoint: MySQLConfiguration.Endpoint) async -> [RoleReply] {
    var settings = settings(at: endpoint)
    settings.connectTimeout = .nanoseconds(patience)
    settings.initCommands = []
    settings.cancellation = .close
    let replies = await MySQLConnection.askEach(settings, nil, asksRole: asksRoles, by: .after(patience))
    for case .success((let connection, _)) in replies.map(\.outcome) {
      Task.detached { await connection.close() }
    }
    return replies
  }

  /// Has a member asked soon, after a sign that it may have changed or gone.
  func doubt(_ id: MemberID) {
    state.withLock { $0.choice.doubted(id, at: Platform.uptime) }
    askDue()
  }
}

extension RoleReply {
  fileprivate var event: Servers.Choice.Reply {
    switch outcome {
    case .success((_, let role)): .role(role)
    case .failure: .failed
    }
  }

  fileprivate var failure: MySQLError? { if case .failure(let error) = outcome { error } else { nil } }
}

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
          state.failures[number] = replies.compactMap(\.reply.failure).first
          return state.choice.asked(
            number, replies.compactMap { reply in reply.isFromNobody ? nil : (reply.address, reply.event) },
            at: Platform.uptime)
        }
      }
    }
  }

  /// What one of an endpoint's addresses has replied.
  private struct Reply: Sendable {
    /// Nil for the only address of its name, which is looked up each time.
    let address: SocketAddress?
    let reply: Result<ServerRole, MySQLError>
    /// Whether the endpoint's name has no address.
    var isFromNobody = false

    var event: Choice.Reply {
      switch reply {
      case .success(let role): .role(role)
      case .failure: .failed
      }
    }
  }

  /// Asks all addresses of an endpoint.
  private func ask(_ endpoint: MySQLConfiguration.Endpoint) async -> [Reply] {
    let end = Deadline.after(patience)
    var addresses: [SocketAddress?] = [nil]
    if asksRoles {
      do throws(MySQLError) {
        var deadline = end
        let found = try await Resolver.addresses(of: endpoint, by: &deadline)
        if found.count > 1 { addresses = found }
      } catch {
        return [Reply(address: nil, reply: .failure(error), isFromNobody: true)]
      }
    }
    return await withTaskGroup(of: Reply.self) { group in
      for address in addresses {
        group.addTask { Reply(address: address, reply: await self.ask(endpoint, at: address, by: end)) }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func ask(
    _ endpoint: MySQLConfiguration.Endpoint, at address: SocketAddress?, by end: Deadline
  ) async -> Result<ServerRole, MySQLError> {
    var settings = settings(at: endpoint)
    settings.connectTimeout = .nanoseconds(max(end.timeLeft, 1))
    settings.initCommands = []
    settings.cancellation = .close
    do throws(MySQLError) {
      let connection = try await MySQLConnection.open(settings, nil, to: address)
      defer { Task.detached { await connection.close() } }
      return .success(asksRoles ? try await connection.askRole(by: end) : ServerRole(.writable))
    } catch {
      return .failure(error)
    }
  }
}

extension Result {
  fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}

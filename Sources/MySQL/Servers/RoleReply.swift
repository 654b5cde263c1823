/// What one of an endpoint's addresses has replied when it was asked what it is.
struct RoleReply: Sendable {
  /// Nil for the only address of its name.
  let address: SocketAddress?
  let outcome: Result<Server, MySQLError>
  /// Whether the endpoint's name has no address.
  var isFromNobody = false

  /// An open connection, and what its server is.
  typealias Server = (connection: MySQLConnection, role: ServerRole)
}

extension MySQLConnection {
  /// Connects to all addresses of the settings' only endpoint at once, and asks each what it is.
  ///
  /// - Parameter asksRole: Whether that matters. Otherwise there is one reply, from whichever address is first to reply.
  static func askEach(
    _ settings: MySQLConfiguration, _ observer: (any MySQLObserver)?, asksRole: Bool = true, by end: Deadline
  ) async -> [RoleReply] {
    var addresses: [SocketAddress?] = [nil]
    if asksRole {
      do throws(MySQLError) {
        var deadline = end
        addresses = try await Resolver.addresses(of: settings.endpoint, by: &deadline)
      } catch {
        return [RoleReply(address: nil, outcome: .failure(error), isFromNobody: true)]
      }
    }
    let isOnlyOne = addresses.count == 1
    return await withTaskGroup(of: RoleReply.self) { group in
      for address in addresses {
        group.addTask {
          let outcome = await ask(settings, observer, at: address, asksRole: asksRole, by: end)
          return RoleReply(address: isOnlyOne ? nil : address, outcome: outcome)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  private static func ask(
    _ settings: MySQLConfiguration, _ observer: (any MySQLObserver)?, at address: SocketAddress?,
    asksRole: Bool,
    by end: Deadline
  ) async -> Result<RoleReply.Server, MySQLError> {
    var settings = settings
    settings.connectTimeout = .nanoseconds(max(end.timeLeft, 1))
    do throws(MySQLError) {
      let connection = try await open(settings, observer, to: address)
      guard asksRole else { return .success((connection, ServerRole(.writable))) }
      do throws(MySQLError) {
        return .success((connection, try await connection.askRole(by: end)))
      } catch {
        await connection.close()
        return .failure(error)
      }
    } catch {
      return .failure(error)
    }
  }
}

extension MySQLConnection {
  /// Connects to all servers of the settings at once, asks each what it is, and returns a connection to one that is what
  /// `target` asks for: the first that says so. The others are closed.
  static func openByRole(
    _ configuration: MySQLConfiguration, _ observer: (any MySQLObserver)?
  ) async throws(MySQLError) -> MySQLConnection {
    try configuration.validate()
    var search = RoleSearch(configuration.target)
    let places = configuration.endpoints.map { endpoint in
      var settings = configuration.at(endpoint)
      settings.followsRedirection = false
      return settings
    }
    let end = Deadline.after(configuration.connectTimeout)
    await withTaskGroup(of: (place: String, replies: [RoleReply]).self) { group in
      for settings in places {
        group.addTask { (settings.endpoint.text, await askEach(settings, observer, by: end)) }
      }
      for await (place, replies) in group {
        for reply in replies { search.add(reply, from: place) }
        if search.isOver { group.cancelAll() }
      }
    }
    for connection in search.unneeded { await connection.close() }
    guard let best = search.best else { throw search.failure(of: configuration) }
    return best
  }
}

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
    asksRole: Bool, by end: Deadline
  ) async -> Result<RoleReply.Server, MySQLError> {
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

/// The best server so far.
private struct RoleSearch {
  private let target: MySQLConfiguration.Target
  private(set) var best: MySQLConnection?
  /// Whether nothing better can come.
  private(set) var isOver = false
  private(set) var unneeded: [MySQLConnection] = []
  private var failures: [(place: String, failure: ConnectFailure)] = []
  private var roles: [String] = []

  init(_ target: MySQLConfiguration.Target) { self.target = target }

  mutating func add(_ reply: RoleReply, from place: String) {
    switch reply.outcome {
    case .failure(let error): failures.append((place, .login(error)))
    case .success((let connection, let role)):
      roles.append("\(place) \(role.text)")
      let fits = isWanted(role)
      if !isOver, fits || (best == nil && isSecondBest(role)) {
        if let best { unneeded.append(best) }
        best = connection
        isOver = fits
      } else {
        unneeded.append(connection)
      }
    }
  }

  private func isWanted(_ role: ServerRole) -> Bool {
    switch (target, role.access) {
    case (_, .notReady): false
    case (.any, _), (.primary, .writable), (.replica, .readOnly), (.preferReplica, .readOnly): true
    // The nodes of a Galera cluster are all alike.
    case (.replica, .writable), (.preferReplica, .writable): role.cluster == .galera
    case (.primary, .readOnly): false
    }
  }

  private func isSecondBest(_ role: ServerRole) -> Bool {
    target == .preferReplica && role.access == .writable
  }

  func failure(of configuration: MySQLConfiguration) -> MySQLError {
    if roles.isEmpty {
      return MySQLError(connectingTo: configuration.endpoints.map(\.text).joined(separator: ", "), failures)
    }
    let wanted = target == .primary ? "accepts writes" : "is a replica"
    let reasons = roles + failures.map { "\($0.place): \($0.failure.error.map { "\($0)" } ?? "unreachable")" }
    return MySQLError(
      .connectionRefused, "none of the servers \(wanted) (target): \(reasons.joined(separator: "; "))")
  }
}

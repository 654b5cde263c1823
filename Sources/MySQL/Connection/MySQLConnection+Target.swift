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
    await withTaskGroup(of: [Candidate].self) { group in
      for settings in places { group.addTask { await candidates(settings, observer) } }
      for await candidates in group {
        for candidate in candidates { search.add(candidate) }
        if search.isOver { group.cancelAll() }
      }
    }
    for connection in search.unneeded { await connection.close() }
    guard let best = search.best else { throw search.failure(of: configuration) }
    return best
  }

  /// What has come of an attempt to find a server.
  fileprivate typealias Candidate = (
    place: String, outcome: Result<(MySQLConnection, ServerRole), MySQLError>
  )

  /// Connects to each address of the settings' only endpoint.
  private static func candidates(
    _ settings: MySQLConfiguration, _ observer: (any MySQLObserver)?
  ) async -> [Candidate] {
    let place = settings.endpoint.text
    let addresses: [SocketAddress]
    do throws(MySQLError) {
      var deadline = Deadline.after(settings.connectTimeout)
      addresses = try await Resolver.addresses(of: settings.endpoint, by: &deadline)
    } catch {
      return [(place, .failure(error))]
    }
    return await withTaskGroup(of: Candidate.self) { group in
      for address in addresses {
        group.addTask {
          do throws(MySQLError) {
            let connection = try await open(settings, observer, to: address)
            do throws(MySQLError) {
              return (
                place,
                .success((connection, try await connection.askRole(by: .after(settings.connectTimeout))))
              )
            } catch {
              await connection.close()
              throw error
            }
          } catch {
            return (place, .failure(error))
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }
}

/// The best server so far.
private struct RoleSearch {
  private let target: MySQLConfiguration.Target
  private(set) var best: MySQLConnection?
  private var isBestWanted = false
  private(set) var unneeded: [MySQLConnection] = []
  private var failures: [(place: String, failure: ConnectFailure)] = []
  private var roles: [String] = []

  init(_ target: MySQLConfiguration.Target) { self.target = target }

  /// Whether nothing better can come.
  var isOver: Bool { isBestWanted }

  mutating func add(_ candidate: MySQLConnection.Candidate) {
    switch candidate.outcome {
    case .failure(let error): failures.append((candidate.place, .login(error)))
    case .success((let connection, let role)):
      roles.append("\(candidate.place) \(role.text)")
      let fits = isWanted(role)
      if !isBestWanted, fits || (best == nil && isSecondBest(role)) {
        if let best { unneeded.append(best) }
        best = connection
        isBestWanted = fits
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

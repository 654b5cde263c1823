import MySQLWire

/// Connects and logs in at one of the servers that the settings name.
enum Dialer {
  /// - Parameter address: Where to connect to, instead of the addresses of the settings' only endpoint.
  static func dial(
    _ configuration: MySQLConfiguration, _ observer: (any MySQLObserver)?, at address: SocketAddress?
  ) async throws(MySQLError) -> Admission {
    var deadline = Deadline.after(configuration.connectTimeout)
    let observer = observer as? any MySQLWireObserver
    if configuration.endpoints.count > 1 {
      return try await dialSeveral(configuration, observer, by: &deadline)
    }
    let tls = try TLSSetup(configuration)
    let settings = try await configuration.withCredentials(by: &deadline)
    let destination = try Destination(
      settings: settings, tls: tls, observer: observer,
      loop: EventLoops.shared.next(upTo: settings.eventLoops))
    var addresses = address.map { [$0] } ?? []
    if addresses.isEmpty { addresses = try await Resolver.addresses(of: settings.endpoint, by: &deadline) }
    guard addresses.count == 1 else {
      return try await LoginRace.run([destination], known: addresses, by: deadline)
    }
    do throws(ConnectFailure) {
      return try await destination.logIn(at: addresses[0], by: &deadline)
    } catch {
      throw MySQLError(connectingTo: settings.endpoint.text, [(addresses[0].text, error)])
    }
  }

  private static func dialSeveral(
    _ configuration: MySQLConfiguration, _ observer: (any MySQLWireObserver)?, by deadline: inout Deadline
  ) async throws(MySQLError) -> Admission {
    let endpoints = configuration.endpoints
    let setups = try endpoints.map { (endpoint) throws(MySQLError) in
      try TLSSetup(configuration.at(endpoint))
    }
    let settings = try await configuration.withCredentials(by: &deadline)
    // All on one loop: most of them end at once.
    let loop = EventLoops.shared.next(upTo: settings.eventLoops)
    let destinations = try zip(endpoints, setups).map { (endpoint, tls) throws(MySQLError) in
      try Destination(settings: settings.at(endpoint), tls: tls, observer: observer, loop: loop)
    }
    return try await LoginRace.run(destinations, by: deadline)
  }
}

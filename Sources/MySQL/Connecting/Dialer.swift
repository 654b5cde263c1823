import MySQLWire

/// Connects and logs in at one of the servers that the settings name, or at the one that it names instead.
enum Dialer {
  /// - Parameters:
  ///   - address: Where to connect to, instead of the addresses of the settings' only endpoint.
  ///   - user: The account, instead of that of the settings or of their credential provider.
  static func dial(
    _ configuration: MySQLConfiguration, _ observer: (any MySQLObserver)?, at address: SocketAddress?,
    as user: String? = nil
  ) async throws(MySQLError) -> Admission {
    var deadline = Deadline.after(configuration.connectTimeout)
    let observer = observer as? any MySQLWireObserver
    let admission =
      if configuration.endpoints.count > 1 {
        try await dialSeveral(configuration, observer, by: &deadline)
      } else {
        try await dialOne(configuration, observer, at: address, as: user, by: &deadline)
      }
    guard let redirection = admission.redirection else { return admission }
    return try await follow(redirection, from: admission, by: deadline)
  }

  private static func dialOne(
    _ configuration: MySQLConfiguration, _ observer: (any MySQLWireObserver)?, at address: SocketAddress?,
    as user: String?, by deadline: inout Deadline
  ) async throws(MySQLError) -> Admission {
    let tls = try TLSSetup(configuration)
    var settings = try await configuration.withCredentials(by: &deadline)
    if let user { settings.user = user }
    let destination = try Destination(
      settings: settings, tls: tls, observer: observer,
      loop: EventLoops.shared.next(upTo: settings.eventLoops))
    var addresses = address.map { [$0] } ?? []
    if addresses.isEmpty { addresses = try await Resolver.addresses(of: settings.endpoint, by: &deadline) }
    guard addresses.count == 1 else {
      return try await LoginRace.run([destination], known: addresses, by: &deadline)
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
    return try await LoginRace.run(destinations, by: &deadline)
  }

  /// Goes where a server sends this client, if that may be and the other server lets it in, and otherwise stays. Where
  /// the other server sends it is ignored, so that two servers cannot send it back and forth.
  private static func follow(
    _ redirection: Redirection, from first: Admission, by deadline: Deadline
  ) async throws(MySQLError) -> Admission {
    guard first.destination.allows(redirection, isVerified: first.server.tls?.isVerified == true) else {
      return first
    }
    // Half of the time: if the other server is out of reach, the first one must still have time for `initCommands`.
    var half = Deadline.after(deadline.remaining / 2)
    var admission: Admission
    do throws(MySQLError) {
      admission = try await LoginRace.run([first.destination.redirected(to: redirection)], by: &half)
      admission.redirectedUser = redirection.user
      await first.leave()
    } catch {
      if error.kind == .cancelled {
        await first.leave()
        throw error
      }
      admission = first
    }
    admission.destination.setTimeLimit(deadline.remaining, of: admission.channel)
    return admission
  }
}

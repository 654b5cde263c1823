import MySQLWire
import Synchronization

extension MySQLConnection {
  /// Connects and logs in. The `connectTimeout` covers the credential provider, the name lookup, TCP, TLS, the login
  /// and the `initCommands` together.
  ///
  /// - Throws: `MySQLError` of the kinds `configuration`, `unknownHost`, `connectionRefused`, `timeout`, `notMySQL`,
  ///   `tls`, `authentication`, `server` (no such database, too many connections), `connectionLost`,
  ///   `protocolViolation` and `cancelled`, and what a statement throws if one of the `initCommands` fails. Each error
  ///   says what to do.
  public static func connect(
    _ configuration: MySQLConfiguration, observer: (any MySQLObserver)? = nil
  ) async throws(MySQLError) -> MySQLConnection {
    try await connect(configuration, observer, pool: nil)
  }

  static func connect(
    _ configuration: MySQLConfiguration, _ observer: (any MySQLObserver)?, pool: PoolMembership?
  ) async throws(MySQLError) -> MySQLConnection {
    let start = ContinuousClock().now
    do throws(MySQLError) {
      let connection = try await open(configuration, observer, pool: pool)
      observer?.connectionOpened(connection.server, after: start.duration(to: ContinuousClock().now))
      return connection
    } catch {
      observer?.connectionFailed(error, after: start.duration(to: ContinuousClock().now))
      throw error
    }
  }

  /// Connects with the settings in a URL; see `MySQLConfiguration.init(url:)`.
  ///
  /// - Throws: As `connect(_:observer:)` does.
  public static func connect(
    url: String, observer: (any MySQLObserver)? = nil
  ) async throws(MySQLError) -> MySQLConnection {
    try await connect(MySQLConfiguration(url: url), observer: observer)
  }

  /// - Parameter address: Where to connect to, instead of the endpoint's addresses.
  static func open(
    _ configuration: MySQLConfiguration, _ observer: (any MySQLObserver)?, pool: PoolMembership? = nil,
    to address: SocketAddress? = nil
  ) async throws(MySQLError) -> MySQLConnection {
    try configuration.validate()
    guard !Task.isCancelled else {
      throw MySQLError(.cancelled, "the task was cancelled before it connected")
    }
    var deadline = Deadline.after(configuration.connectTimeout)
    let endpoint = configuration.endpoint
    let tls = try TLSSetup(configuration)
    var session = try Session(try await configuration.withCredentials(by: &deadline), hasTLS: tls != nil)
    if let observer = observer as? any MySQLWireObserver { session.tap = observer.tap() }
    var addresses = address.map { [$0] } ?? []
    if addresses.isEmpty { addresses = try await Resolver.addresses(of: endpoint, by: &deadline) }
    let loop = EventLoops.shared.next(upTo: configuration.eventLoops)
    let socket = try await ConnectAttempt.connect(
      to: addresses, keepAlive: configuration.tcpKeepAlive, by: &deadline, describing: endpoint.text, on: loop
    )
    let channel = Channel(socket, session, tls: tls, on: loop)
    do throws(MySQLError) {
      let server: MySQLServerInfo
      do throws(MySQLError) {
        server = try await logIn(channel, endpoint, within: deadline.remaining)
      } catch {
        // However the login ended, no command was sent.
        var error = error
        error.reach = .notSent
        throw error
      }
      let connection = MySQLConnection(channel, configuration, server, observer, pool)
      connection.becomeNew()
      // The server may not know the collation: find out here.
      if configuration.collation != nil { try await connection.getReady() }
      try await connection.runInitCommands()
      channel.setTimeLimit(nil)
      connection.knowledge.withLock { $0.isEstablished = true }
      connection.watchClosing()
      return connection
    } catch {
      await channel.close(error)
      throw error
    }
  }

  private static func logIn(
    _ channel: Channel, _ endpoint: MySQLConfiguration.Endpoint, within time: Duration
  ) async throws(MySQLError) -> MySQLServerInfo {
    channel.setTimeLimit(
      time.nanoseconds,
      for: "the login at \(endpoint.text): connections are accepted, but the server did not reply in time")
    while true {
      switch try await channel.next() {
      case .ready:
        guard let greeting = channel.withSession({ $0.greeting }) else { continue }
        return MySQLServerInfo(greeting, endpoint: endpoint.text, tls: channel.tlsInfo)
      case .closed(let error):
        throw MySQLError(
          refusing: MySQLError.Server(error), isUnproved: channel.isStillUnencrypted,
          isEncrypted: channel.tlsInfo != nil)
      default: continue
      }
    }
  }
}

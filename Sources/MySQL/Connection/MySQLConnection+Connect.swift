import MySQLWire
import Synchronization

extension MySQLConnection {
  /// Connects and logs in. The `connectTimeout` covers the credential provider, the name lookup, TCP, TLS, the login
  /// and the `initCommands` together.
  ///
  /// A name may have several addresses, and the settings several `endpoints`. Each address is tried 250 ms after the
  /// one before, or as soon as one fails, and the first at which the login succeeds is used (RFC 8305). A refusal that
  /// every server would repeat ends the attempt: one of the account, of TLS, or of the database. If the server then
  /// names another one, that one is used: see `MySQLConfiguration.followsRedirection`.
  ///
  /// With a `target` other than `any`, all servers are connected to at once and asked what they are, and the first that
  /// is what the target asks for is used. That takes one round trip more.
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
    _ configuration: MySQLConfiguration, _ observer: (any MySQLObserver)?, pool: PoolMembership?,
    to address: SocketAddress? = nil
  ) async throws(MySQLError) -> MySQLConnection {
    let start = ContinuousClock().now
    do throws(MySQLError) {
      let connection =
        pool == nil && configuration.target != .any
        ? try await openByRole(configuration, observer)
        : try await open(configuration, observer, pool: pool, to: address)
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

  /// - Parameters:
  ///   - address: Where to connect to, instead of the addresses of the settings' only endpoint.
  ///   - user: The account, instead of that of the settings or of their credential provider.
  static func open(
    _ configuration: MySQLConfiguration, _ observer: (any MySQLObserver)?, pool: PoolMembership? = nil,
    to address: SocketAddress? = nil, as user: String? = nil
  ) async throws(MySQLError) -> MySQLConnection {
    try configuration.validate()
    guard !Task.isCancelled else {
      throw MySQLError(.cancelled, "the task was cancelled before it connected")
    }
    let admission = try await Dialer.dial(configuration, observer, at: address, as: user)
    let channel = admission.channel
    let connection = MySQLConnection(admission, configuration, observer, pool)
    do throws(MySQLError) {
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
}

import MySQLWire
import Synchronization

/// One connection to one server: a session with its variables, temporary tables, locks and transaction.
///
/// It may be used from several tasks. One command runs at a time; others wait their turn. A command that is issued
/// while rows of an earlier one are unread fails at once. One that is already waiting fails if they stay unread for two
/// seconds, since it might otherwise wait forever.
///
/// If a task is cancelled, or a time limit passes, the call throws at once and the statement is ended at the server,
/// unless the setting `cancellation` says otherwise. If a command does not end cleanly, because of a network error or
/// a statement that could not be ended, the connection is closed and never used again; every later call throws.
///
/// Programs that run statements from many tasks should use a `MySQLClient`, which has a pool of connections.
///
/// Close it with `close()`, or let `with(_:)` do so. Otherwise the server records an aborted connection.
public final class MySQLConnection: Sendable {
  /// The settings that it was opened with.
  public let configuration: MySQLConfiguration
  /// The server at the other end.
  public let server: MySQLServerInfo
  /// Where it leads: one of the settings' endpoints, or where the server there has sent this client.
  package let endpoint: MySQLConfiguration.Endpoint
  /// The account that the server at the settings' endpoint has named for this one.
  package let redirectedUser: String?

  let pipelining: Pipelining
  let channel: Channel
  let observation: Observation?
  let gate = CommandGate()
  let knowledge: Mutex<Knowledge>
  /// The setting `queryTimeout`.
  let queryTime: Nanoseconds?
  /// The pool that the connection belongs to.
  let pool: PoolMembership?

  init(
    _ admission: Admission, _ configuration: MySQLConfiguration, _ observer: (any MySQLObserver)?,
    _ pool: PoolMembership? = nil
  ) {
    self.pool = pool
    self.configuration = configuration
    channel = admission.channel
    server = admission.server
    endpoint = admission.destination.endpoint
    redirectedUser = admission.redirectedUser
    observation = observer.map { Observation($0) }
    pipelining = Pipelining(
      setting: configuration.pipelining, isEncrypted: server.tls != nil, serverVersion: server.version)
    queryTime = configuration.queryTimeout?.nanoseconds
    knowledge = Mutex(
      Knowledge(
        statements: StatementCache(capacity: configuration.statementCacheSize),
        session: SessionState(configuration)))
  }

  deinit {
    channel.fail(MySQLError(.connectionClosed, "the connection was dropped without being closed"))
  }

  /// Opens a connection, uses it, and closes it whatever happens.
  ///
  /// - Throws: `MySQLError` from connecting, and what the closure throws.
  public static func with<R>(
    _ configuration: MySQLConfiguration, observer: (any MySQLObserver)? = nil,
    _ body: nonisolated(nonsending) (MySQLConnection) async throws -> sending R
  ) async throws -> sending R {
    let connection = try await connect(configuration, observer: observer)
    do {
      let result = try await body(connection)
      await connection.close()
      return result
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Says goodbye to the server and closes the connection. A command in progress is broken off: the server continues it
  /// for a while and then records an aborted connection. Rows that were dropped unread do not count as a command in
  /// progress; closing waits until they are out of the way. Closing twice does nothing.
  public func close() async {
    let isGateHeld = await gate.enterAfterUpkeep()
    // Before the goodbye: the server may close first.
    watchClosing(isExpected: true)
    try? channel.send { (session) throws(Misuse) in
      if session.isIdle { try session.send(.quit) }
    }
    await channel.close(MySQLError(.connectionClosed, "the connection was closed by this program"))
    if isGateHeld { gate.leave() }
    await knowledge.withLock { $0.killer.take() }?.close()
  }

  /// Arranges for the observer and the pool to be told when the connection ends.
  func watchClosing(isExpected: Bool = false) {
    guard observation != nil || pool != nil else { return }
    channel.whenClosed { [observation, server, pool] error in
      observation?.observer.connectionClosed(server, because: isExpected ? nil : error)
      pool?.ended()
    }
  }

  /// The killer that ends statements of this connection at the server.
  var killer: StatementKiller {
    if let killer = pool?.killer { return killer }
    return knowledge.withLock { knowledge in
      let killer = knowledge.killer ?? StatementKiller(configuration)
      knowledge.killer = killer
      return killer
    }
  }

  /// Whether the connection is fully open, which includes the `initCommands`.
  var isEstablished: Bool { knowledge.withLock { $0.isEstablished } }

  /// Whether the connection can no longer be used. A connection that the network broke may not know it yet.
  public var isClosed: Bool { channel.isDead }

  /// Whether a transaction is open, according to the server's last response.
  public var isInTransaction: Bool { channel.withSession { $0.status.contains(.inTransaction) } }

  /// The event loop that reads this connection. A task that prefers it as its executor does not change threads for each
  /// response, which saves waking a thread for each query. Such a task must not compute for long, because it delays
  /// reading on every connection of the loop.
  ///
  /// ```swift
  /// try await withTaskExecutorPreference(connection.executor) { … }
  /// ```
  public var executor: any TaskExecutor { channel.loop }

  /// An event loop for a task that opens its own connections, which then belong to the loop.
  ///
  /// ```swift
  /// try await withTaskExecutorPreference(MySQLConnection.executor) { … }
  /// ```
  public static var executor: any TaskExecutor { EventLoops.shared.next() }
}

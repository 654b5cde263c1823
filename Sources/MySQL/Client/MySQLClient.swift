/// A pool of connections, which is all that most programs need from this library: make one, share it, run statements on
/// it.
///
/// ```swift
/// let db = try MySQLClient(url: "mysql://app:s3cret@db.internal/shop")
/// let rows = try await db.query("SELECT id, name FROM users WHERE age >= \(18)")
/// for try await (id, name) in rows.decode((Int, String).self) { print(id, name) }
/// ```
///
/// Connections are opened when they are needed, up to `maxConnections`, and closed when they are not. Each call uses
/// one that is free, or waits its turn for one. Whatever a connection's last user left in the session (variables,
/// locks, temporary tables, another database) is gone before the next user's statement. A connection in doubt is
/// closed.
///
/// If the settings name several servers, each has a pool of its own, and `target` says which calls go where. What happens
/// when a primary fails, or is replaced, is described in `Docs/SeveralServers.md`.
///
/// Shut it down when the program ends: with `shutdown(within:)`, or with `run()` in a program that manages the life
/// cycle of its services. A client that is only dropped closes its connections too, but nothing waits for that.
public final class MySQLClient: MySQLQueryable {
  /// The settings that it was made with.
  public let configuration: MySQLConfiguration
  let source: any ConnectionSource

  /// Makes a client. Nothing is connected yet.
  ///
  /// - Parameter observer: Is told what the connections and the pool do.
  /// - Throws: A `MySQLError` of the kind `configuration` if the settings are not valid for any server.
  public init(
    _ configuration: MySQLConfiguration, observer: (any MySQLObserver)? = nil
  ) throws(MySQLError) {
    try configuration.validate()
    self.configuration = configuration
    if configuration.distinguishesServers {
      let servers = Servers(configuration, observer)
      source = servers
      route = _MySQLRoute(.servers(servers))
    } else {
      let pool = Pool(configuration, observer)
      source = pool
      route = _MySQLRoute(.pool(pool))
    }
  }

  /// Makes a client with settings from a URL; see `MySQLConfiguration.init(url:)`. Nothing is connected yet.
  ///
  /// - Throws: A `MySQLError` of the kind `configuration`.
  public convenience init(url: String, observer: (any MySQLObserver)? = nil) throws(MySQLError) {
    try self.init(MySQLConfiguration(url: url), observer: observer)
  }

  deinit {
    source.abandon()
  }

  /// Statements go over whatever connection is free; of several servers, to the one that `target` says.
  public let route: _MySQLRoute

  /// What the connections are doing, and which callers hold them.
  public var status: MySQLPoolStatus { source.status }

  /// Lends a connection to a closure, for work that needs a single session, such as temporary tables, locks and
  /// variables. The connection must not be used after the closure has returned.
  ///
  /// - Throws: A `MySQLError` of the kind `timeout`, which names the callers that hold the connections, if none becomes
  ///   free within `acquireTimeout`; the reason if none can be opened; and what the closure throws.
  @discardableResult
  public nonisolated(nonsending) func withConnection<R>(
    file: StaticString = #fileID, line: UInt = #line,
    _ body: nonisolated(nonsending) (MySQLConnection) async throws -> sending R
  ) async throws -> sending R {
    let lease = try await source.lease(for: .anything, to: LeaseHolder(file, line), within: nil)
    defer { lease.end() }
    return try await body(lease.connection)
  }

  /// Runs a closure in a transaction, on one connection: commits when it returns, and rolls back when it throws or the
  /// task is cancelled. See `MySQLConnection.withTransaction`.
  ///
  /// Of several servers, the primary is used; one that only reads goes where `read` goes. A server refuses
  /// to write once another one has become the primary. The client then waits for that one, and runs the closure again
  /// there. This uses up one of the retries, as a deadlock does.
  ///
  /// - Throws: As `MySQLConnection.withTransaction` and `withConnection` do.
  @discardableResult
  public nonisolated(nonsending) func withTransaction<R>(
    isolation: MySQLTransaction.Isolation? = nil, readOnly: Bool = false, retries: Int = 0,
    file: StaticString = #fileID, line: UInt = #line,
    _ body: nonisolated(nonsending) (MySQLTransaction) async throws -> sending R
  ) async throws -> sending R {
    var repetition = Repetition(retries)
    while true {
      do {
        let (lease, scope) = try await beginTransaction(
          isolation, readOnly: readOnly, LeaseHolder(file, line))
        defer { lease.end() }
        return try await lease.connection.run(in: scope, body)
      } catch {
        guard try await repetition.mayGoOn(after: error) else { throw error }
      }
    }
  }

  /// Begins a transaction on a connection that is leased for it. If that turns out to have ended before anything was
  /// written, it is replaced.
  private nonisolated(nonsending) func beginTransaction(
    _ isolation: MySQLTransaction.Isolation?, readOnly: Bool, _ holder: LeaseHolder
  ) async throws -> (Lease, TransactionScope) {
    let use = readOnly ? LeaseUse.reading(after: MySQLPosition()) : .anything
    var replacements = Replacements()
    while true {
      let lease = try await source.lease(for: use, to: holder, within: nil)
      do {
        return (lease, try await lease.connection.beginTransaction(isolation, readOnly: readOnly))
      } catch {
        lease.end()
        guard replacements.allowOne(after: error) else { throw error }
      }
    }
  }

  /// Runs until the client is shut down, for programs that run services side by side. Cancelling the task shuts the
  /// client down. Opens `minConnections` at once. The client works without this call too.
  public func run() async {
    source.fill()
    await withTaskCancellationHandler {
      await source.ended()
    } onCancel: {
      Task.detached { [source] in await source.shutDown(within: .seconds(10)) }
    }
  }

  /// Ends the client. Callers that wait for a connection get an error. Idle connections are closed at once, and those
  /// in use when they are given back, or after `time`. Returns when all are closed.
  public func shutdown(within time: Duration = .seconds(10)) async {
    await source.shutDown(within: time)
  }

  /// An event loop for tasks that use the client constantly: see `MySQLConnection.executor`.
  public var executor: any TaskExecutor { MySQLConnection.executor }
}

import Synchronization

/// A server whose answers are written in code, for testing how a client handles them.
///
/// ```swift
/// let server = try ScriptedServer { connection in
///   try connection.acceptLogin()
///   while case .query = try connection.readCommand() {
///     try connection.sendResult(columns: ["greeting"], rows: [["hello"]])
///   }
/// }
/// // … connect a client to server.url …
/// server.stop()
/// ```
///
/// The handler runs once for each connection, each time on a separate thread, where it may wait as long as it likes.
/// When it returns or throws, the connection is closed. The server supports neither TLS nor compression, and accepts
/// every password.
public final class ScriptedServer: Sendable {
  /// The address that the server listens at, with the port that the system chose.
  public let address: ServerAddress
  private let acceptor: Acceptor
  private let log: Log

  /// The state that the server shares with its connections' threads. They do not hold the server itself.
  private final class Log: Sendable {
    let connections = Mutex<[Int: ScriptedConnection]>([:])
    let errors = Mutex<[any Error]>([])
  }

  /// Starts listening. Costs a thread, and one more for each connection.
  ///
  /// - Throws: `TestServerError` if it cannot listen at the address.
  public init(
    at address: ServerAddress = .loopback,
    _ handler: @escaping @Sendable (_ connection: ScriptedConnection) throws -> Void
  ) throws(TestServerError) {
    let log = Log()
    self.log = log
    acceptor = try Acceptor(address) { incoming in
      let connection = ScriptedConnection(incoming)
      log.connections.withLock { $0[connection.index] = connection }
      do {
        try handler(connection)
      } catch TestServerError.stopped {
        // The server was stopped; the script did nothing wrong.
      } catch {
        log.errors.withLock { $0.append(error) }
      }
      connection.finish()
    }
    self.address = acceptor.address
  }

  deinit { stop() }

  /// The TCP port; 0 for a unix socket.
  public var port: Int { address.port }

  /// The address as a URL, for clients that take one, with the user `test` and no password.
  public var url: String { address.url(user: "test") }

  /// All connections so far, including those that have ended, in the order in which they were made.
  public var connections: [ScriptedConnection] {
    log.connections.withLock { $0.sorted { $0.key < $1.key }.map(\.value) }
  }

  /// The errors that handlers have thrown, except for `.stopped`.
  public var errors: [any Error] { log.errors.withLock { $0 } }

  /// Waits for the connection with this number, counted from 0, and returns it.
  ///
  /// - Throws: `TestServerError.timedOut`, or `CancellationError`.
  public func connection(
    _ index: Int = 0, timeout: Duration = .seconds(5)
  ) async throws -> ScriptedConnection {
    let deadline = ContinuousClock.now + timeout
    while true {
      if let connection = log.connections.withLock({ $0[index] }) { return connection }
      guard deadline > .now else { throw TestServerError.timedOut }
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  /// Ends all connections and waits for their threads, which wake from every verb at once. If a handler waits for
  /// anything else, this waits for it.
  public func stop() { acceptor.stop() }
}

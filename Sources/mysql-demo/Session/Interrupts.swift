import Dispatch
import Foundation
import MySQL
import Synchronization

/// What Ctrl-C does. While a statement runs, Ctrl-C stops that statement, by KILL QUERY over a second connection, and
/// leaves the session alone. This object knows which statement of which connection is running, so that no other is ever
/// stopped. Before the session begins, Ctrl-C ends the process.
final class Interrupts: Sendable {
  private let state = Mutex(State())
  private struct State {
    var isAtWork = false
    /// The number of statements so far.
    var number = 0
    /// The connection that runs the statement with this number; nil between statements.
    var running: MySQLConnection?
    var kill: Task<Void, Never>?
    /// Whether a KILL QUERY for this statement was sent.
    var hasSentKill = false
    var isAsked = false
    var notices: [Notice] = []
    var source: (any DispatchSourceSignal)?
  }

  /// A notice that the session shows when it next writes.
  enum Notice {
    /// Ctrl-C was pressed while no statement ran.
    case idle
    /// The server has accepted the order to stop the statement.
    case killed
  }

  /// Handles Ctrl-C from now on.
  func take() {
    // This object lives as long as the process, so the source may hold it.
    state.withLock { state in state.source = Signals.take(SIGINT) { self.interrupt() } }
  }

  /// Records that the session has begun.
  func begin() { state.withLock { $0.isAtWork = true } }

  /// Whether Ctrl-C was pressed since `forget`.
  var isAsked: Bool { state.withLock { $0.isAsked } }

  func forget() { state.withLock { $0.isAsked = false } }

  func takeNotices() -> [Notice] {
    state.withLock { state in
      defer { state.notices = [] }
      return state.notices
    }
  }

  /// Calls the closure, which runs one statement. While it does, Ctrl-C stops that statement.
  func during<Result>(_ connection: MySQLConnection, _ body: () async -> Result) async -> Result {
    state.withLock { state in
      state.number += 1
      state.running = connection
      state.hasSentKill = false
    }
    let result = await body()
    // The next statement waits for the end of a kill in progress, so that it cannot be hit.
    state.withLock { $0.running = nil }
    await settle()
    // A kill that came too late stays pending at the server and hits the next command. That is this ping, to which it
    // does no harm.
    if state.withLock({ $0.hasSentKill }) { try? await connection.ping() }
    return result
  }

  /// Waits for the end of a kill in progress.
  func settle() async { await state.withLock { $0.kill }?.value }

  /// Handles one press of Ctrl-C.
  func interrupt() {
    let isAtWork = state.withLock { state in
      state.isAsked = true
      guard let connection = state.running else {
        state.notices.append(.idle)
        return state.isAtWork
      }
      guard state.kill == nil else { return true }
      let number = state.number
      state.kill = Task.detached { [self] in
        var failure: MySQLError?
        do throws(MySQLError) { try await kill(number, of: connection) } catch { failure = error }
        // The user may press Ctrl-C again as soon as the message is there.
        self.state.withLock { $0.kill = nil }
        if let failure {
          StandardError.print("Ctrl-C: the statement could not be stopped: \(failure.message)")
        }
      }
      return true
    }
    if !isAtWork { Terminal.end(by: SIGINT) }
  }

  private func kill(_ number: Int, of connection: MySQLConnection) async throws(MySQLError) {
    // Of several servers, it has to be this connection's.
    var settings = connection.configuration.at(connection.endpoint)
    settings.followsRedirection = false
    if let user = connection.redirectedUser { settings.user = user }
    settings.initCommands = []
    settings.database = nil
    settings.connectTimeout = .seconds(5)
    settings.queryTimeout = .seconds(5)
    let other = try await MySQLConnection.connect(settings)
    var failure: MySQLError?
    do throws(MySQLError) {
      try await kill(number, of: connection, over: other)
    } catch {
      failure = error
    }
    await other.close()
    if let failure { throw failure }
  }

  private func kill(
    _ number: Int, of connection: MySQLConnection, over other: MySQLConnection
  ) async throws(MySQLError) {
    let id = connection.server.connectionID
    let isRunning = try await Self.isRunning(id, accordingTo: other)
    let isWanted = state.withLock { state in
      // If the server was restarted, the id may be another session's.
      guard state.number == number, state.running === connection, !connection.isClosed else { return false }
      state.hasSentKill = isRunning
      return true
    }
    guard isWanted else { return }
    guard isRunning else {
      throw MySQLError(.misuse, "this account has no session \(id) at the server that runs a statement")
    }
    try await other.execute(MySQLQuery(unsafe: "KILL QUERY \(id)"))
    state.withLock { $0.notices.append(.killed) }
  }

  /// Whether a session with this number runs a statement of this account. A second connection may lead to another
  /// server, where the number means something else. Ports are not compared: tunnels change them.
  private static func isRunning(
    _ id: UInt32, accordingTo other: MySQLConnection
  ) async throws(MySQLError) -> Bool {
    let rows = try await other.query(
      MySQLQuery(
        unsafe: """
          SELECT COUNT(*) FROM information_schema.processlist
          WHERE id = \(id) AND user = SUBSTRING_INDEX(USER(), '@', 1) AND command <> 'Sleep'
          """))
    for try await row in rows { return try row.decode(Int.self) > 0 }
    return false
  }
}

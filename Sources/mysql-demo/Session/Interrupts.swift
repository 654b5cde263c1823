import Dispatch
import Foundation
import MySQL
import Synchronization

/// What Ctrl-C does. While a statement runs it stops that statement, by KILL QUERY over a second connection, and
/// leaves the session alone. Knows which statement of which connection that is, so that no other is ever
/// stopped. Before the session begins, Ctrl-C ends the process.
final class Interrupts: Sendable {
  private let state = Mutex(State())
  private struct State {
    var isAtWork = false
    /// Counts the statements.
    var number = 0
    /// The connection that runs the statement with this number; nil between statements.
    var running: MySQLConnection?
    var kill: Task<Void, Never>?
    /// Whether a KILL QUERY for this statement has left.
    var hasSentKill = false
    var isAsked = false
    var notices: [Notice] = []
    var source: (any DispatchSourceSignal)?
  }

  /// What the session tells of when it next writes.
  enum Notice {
    /// Ctrl-C came, and no statement ran.
    case idle
    /// The server has taken the order to stop the statement.
    case killed
  }

  /// Takes Ctrl-C from now on.
  func take() {
    // It lives as long as the process: the source may hold it.
    state.withLock { state in state.source = Signals.take(SIGINT) { self.interrupt() } }
  }

  /// The session has begun.
  func begin() { state.withLock { $0.isAtWork = true } }

  /// Whether Ctrl-C came since `forget`.
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
    // A kill that came too late waits at the server for the next command. That is this one, which does not mind.
    if state.withLock({ $0.hasSentKill }), !connection.isClosed { try? await connection.ping() }
    return result
  }

  /// Waits for the end of a kill in progress.
  func settle() async { await state.withLock { $0.kill }?.value }

  /// Ctrl-C came.
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
        do throws(MySQLError) {
          try await kill(number, of: connection)
        } catch {
          DemoCommand.printError("Ctrl-C: the statement could not be stopped: \(error.message)")
        }
        // Another Ctrl-C tries again.
        self.state.withLock { $0.kill = nil }
      }
      return true
    }
    if !isAtWork { Terminal.end(by: SIGINT) }
  }

  private func kill(_ number: Int, of connection: MySQLConnection) async throws(MySQLError) {
    var settings = connection.configuration
    settings.initCommands = []
    settings.database = nil
    settings.connectTimeout = .seconds(5)
    settings.queryTimeout = .seconds(5)
    let other = try await MySQLConnection.connect(settings)
    let isStillRunning = state.withLock { state in
      // The ids of a server that has started again are other sessions'.
      guard state.number == number, state.running === connection, !connection.isClosed else { return false }
      state.hasSentKill = true
      return true
    }
    var failure: MySQLError?
    if isStillRunning {
      do throws(MySQLError) {
        try await other.execute(MySQLQuery(unsafe: "KILL QUERY \(connection.server.connectionID)"))
        state.withLock { $0.notices.append(.killed) }
      } catch {
        failure = error
      }
    }
    await other.close()
    if let failure { throw failure }
  }
}

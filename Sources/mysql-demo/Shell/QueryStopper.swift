import MySQL
import Synchronization

/// Ctrl-C while a statement runs: stops the statement by KILL QUERY over a second connection, and leaves the
/// session alone.
final class QueryStopper: Sendable {
  private let state = Mutex(State())

  private struct State {
    var connection: MySQLConnection?
    var isStopping = false
  }

  /// Stops what the connection runs, from now on; nothing, if nil.
  func watch(_ connection: MySQLConnection?) {
    state.withLock {
      $0.connection = connection
      $0.isStopping = false
    }
  }

  /// Ctrl-C was pressed.
  func stop() {
    let connection = state.withLock { state -> MySQLConnection? in
      guard !state.isStopping else { return nil }
      state.isStopping = state.connection != nil
      return state.connection
    }
    guard let connection else { return }
    Task.detached { [self] in
      var settings = connection.configuration
      settings.initCommands = []
      settings.database = nil
      settings.connectTimeout = .seconds(5)
      guard let other = try? await MySQLConnection.connect(settings) else { return }
      // The statement may have ended meanwhile, and nothing else is to be stopped.
      if state.withLock({ $0.isStopping && $0.connection === connection }) {
        let id = connection.server.connectionID
        _ = try? await other.execute(MySQLQuery(unsafe: "KILL QUERY \(id)"))
      }
      await other.close()
    }
  }
}

import MySQLWire
import Synchronization

// Rows that stay at the server until they are fetched.
extension Exchange {
  /// Asks for the next rows of an open cursor; false if there are no more.
  func fetchMore(_ ok: OKPacket) throws(MySQLError) -> Bool {
    guard let run = state.withLock({ $0.run }), let cursor = run.cursor else { return false }
    guard ok.status.contains(.cursorExists), !ok.status.contains(.lastRowSent) else {
      state.withLock { $0.run?.cursor = nil }
      return false
    }
    try send { (session) throws(Misuse) in
      try session.send(
        .fetch(statement: cursor.statement, rows: run.request.fetchSize ?? 1, columns: cursor.columns))
    }
    return true
  }

  /// Sends what closes an open cursor, for which the server owes an answer; false if there is none.
  func closeCursor() -> Bool {
    guard let cursor = state.withLock({ $0.run?.cursor.take() }) else { return false }
    do throws(MySQLError) {
      try send(answers: 0) { (session) throws(Misuse) in
        try session.send(.resetStatement(cursor.statement))
      }
    } catch {
      return false
    }
    return true
  }
}

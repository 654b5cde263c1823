import MySQLWire
import Synchronization

extension Response {
  /// The error with the statement that failed, and what may be made again.
  func named(_ error: MySQLError) -> MySQLError {
    var error = error
    let (statement, hasSent, wasInTransaction) = state.withLock {
      ($0.machine.work?.sql, $0.hasSent, $0.wasInTransaction)
    }
    if error.statement == nil { error.statement = statement }
    if error.server != nil {
      let server = connection.server
      error.server?.source = ErrorSource(version: server.version, isMariaDB: server.isMariaDB)
    }
    if error.kind == .connectionClosed, hasSent {
      error.reach = .unknown
      // The task was cancelled between two commands of the statement, and that is what closed the connection.
      if Task.isCancelled, let failure = connection.channel.failure, failure.kind == .cancelled {
        error.kind = .cancelled
        error.message = failure.message
      }
    }
    // The server has undone the whole transaction: what follows would be outside of it.
    if error.server?.code == .lockDeadlock, error.kind == .server {
      connection.knowledge.withLock { $0.transaction }?.doom(error)
    }
    // An error's packet does not say whether a transaction is open: what counts is the answer before it.
    error.extent = extent(
      of: error, statement, isInTransaction: wasInTransaction ?? connection.isInTransaction)
    return error
  }

  /// What may be made again if nothing of the call was carried out, or the server undid it.
  private func extent(
    of error: MySQLError, _ statement: String?, isInTransaction: Bool
  ) -> MySQLError.Retry {
    guard error.kind == .server else { return isInTransaction ? .transaction : .statement }
    guard let statement else { return .never }
    // In a cluster the COMMIT is what finds the deadlock.
    if SQLScanner.firstWord(of: statement) == "commit" { return .transaction }
    let isOne =
      SQLScanner.runsNoOther(statement)
      && !(connection.configuration.multiStatements && statement.contains(";"))
    return !isOne ? .never : isInTransaction ? .transaction : .statement
  }
}

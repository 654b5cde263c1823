import MySQLWire
import Synchronization

extension Response {
  /// Returns the error with the statement that failed, and with what may be retried.
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
      // The task was cancelled between two commands of the statement, which closed the connection.
      if Task.isCancelled, let failure = connection.channel.failure, failure.kind == .cancelled {
        error.kind = .cancelled
        error.message = failure.message
      }
    }
    // If the server has undone the whole transaction, what follows would be outside of it.
    if error.kind == .server { connection.knowledge.withLock { $0.transaction }?.note(error) }
    // An error packet does not say whether a transaction is open, so the status in the response before it counts.
    error.extent = extent(
      of: error, statement, isInTransaction: wasInTransaction ?? connection.isInTransaction)
    return attributed(error)
  }

  /// Returns the error with the server's address, if the client has several servers, and tells the client of one that
  /// the server may be to blame for.
  private func attributed(_ error: MySQLError) -> MySQLError {
    guard let watch = connection.pool?.watch else { return error }
    var error = error
    error.endpoint = connection.server.endpoint
    if error.blamesServer {
      // A transaction that the program itself made read-only says nothing about the server.
      let isOwn =
        error.server?.code == .readOnlyTransaction
        && connection.channel.withSession { $0.status.contains(.inReadOnlyTransaction) }
      error.isServersState = !isOwn
    }
    if error.isServersState || error.castsDoubtOnServer { watch.failed(error) }
    return error
  }

  /// Returns what may be retried if nothing of the call was carried out, or the server undid it.
  private func extent(
    of error: MySQLError, _ statement: String?, isInTransaction: Bool
  ) -> MySQLError.Retry {
    guard error.kind == .server else { return isInTransaction ? .transaction : .statement }
    guard let statement else { return .never }
    // In a cluster, it is the COMMIT that detects the deadlock.
    if SQLScanner.firstWord(of: statement) == "commit" { return .transaction }
    let isOne =
      SQLScanner.runsNoOther(statement)
      && !(connection.configuration.allowsMultipleStatements && statement.contains(";"))
    return !isOne ? .never : isInTransaction ? .transaction : .statement
  }
}

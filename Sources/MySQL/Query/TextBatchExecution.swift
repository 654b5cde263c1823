import MySQLWire

/// The execution of a statement with many rows where nothing can be prepared: one text after the other.
struct TextBatchExecution {
  private let connection: MySQLConnection
  private let sql: String
  private let scope: TransactionScope?
  /// When the server must have done all of it.
  private let end: Deadline?
  private var result = MySQLResult.Batch()

  init(_ connection: MySQLConnection, _ sql: String, _ timeout: Nanoseconds?, in scope: TransactionScope?) {
    self.connection = connection
    self.sql = sql
    self.scope = scope
    end = timeout.map { .after($0) }
  }

  nonisolated(nonsending) mutating func run(
    _ rows: consuming some BatchRows
  ) async throws -> MySQLResult.Batch {
    var rows = rows
    var writer = MySQLParameterWriter()
    while try await rows.next(into: &writer) {
      let options = end.map { StatementWork.Options(timeout: $0.timeLeft) }
      let work = Work.statement(StatementWork(sql, isPrepared: true, writer.list, options))
      do throws(MySQLError) {
        let done = try await connection.begin(work, in: scope).lastResult()
        result.affectedRows &+= done.affectedRows
        result.warningCount += done.warningCount
      } catch {
        var error = error
        error.batch = MySQLError.BatchProgress(
          failedRows: result.executedRows..<result.executedRows + 1,
          completedRows: result.executedRows > 0 ? [0..<result.executedRows] : [])
        throw error
      }
      result.executedRows += 1
      writer = MySQLParameterWriter()
    }
    return result
  }
}

import MySQLWire
import Synchronization

/// A statement that is run repeatedly with different values: `connection.withStatement` makes one.
///
/// It is prepared when it is first run, and again if the server has lost it: after `reset()`, or if a table
/// was altered in a way that the server cannot follow.
public struct MySQLStatement: Sendable {
  /// The SQL, with a question mark for each value.
  public let sql: String
  private let connection: MySQLConnection
  private let scope: TransactionScope?

  fileprivate init(_ sql: String, _ connection: MySQLConnection, in scope: TransactionScope?) {
    self.sql = sql
    self.connection = connection
    self.scope = scope
  }

  /// Runs the statement for its effect: `try await statement.execute(1, "one")`. One round trip.
  ///
  /// - Parameter timeout: How long the server may take; replaces the setting `queryTimeout`.
  /// - Throws: As `MySQLConnection.execute` does; of the kind `encoding` if the number of values differs from
  ///   the number of question marks.
  @discardableResult
  public nonisolated(nonsending) func execute<each Value: MySQLEncodable>(
    _ values: repeat each Value, timeout: Duration? = nil
  ) async throws(MySQLError) -> MySQLResult {
    try await connection.begin(work(repeat each values, timeout: timeout), in: scope).lastResult()
  }

  /// Runs the statement and streams its rows: `try await statement.query(7)`. One round trip, plus what it
  /// takes to read the rows.
  ///
  /// - Throws: As `execute` does.
  public nonisolated(nonsending) func query<each Value: MySQLEncodable>(
    _ values: repeat each Value, timeout: Duration? = nil
  ) async throws(MySQLError) -> MySQLRows {
    try await connection.begin(work(repeat each values, timeout: timeout), in: scope).rows()
  }

  private func work<each Value: MySQLEncodable>(
    _ values: repeat each Value, timeout: Duration?
  ) throws(MySQLError) -> Work {
    var writer = MySQLParameterWriter()
    repeat try writer.append(each values)
    let options = timeout.map { StatementWork.Options(timeout: $0.nanoseconds) }
    return .statement(StatementWork(sql, isPrepared: true, writer.list, options))
  }
}

extension MySQLQueryable {
  /// Lends a statement that stays prepared while the closure runs, whatever else the connection prepares: for
  /// loops in which only the values change.
  ///
  /// ```swift
  /// try await connection.withStatement("INSERT INTO points VALUES (?, ?)") { statement in
  ///   for point in points { try await statement.execute(point.x, point.y) }
  /// }
  /// ```
  ///
  /// For many rows at once `executeBatch` is faster still.
  ///
  /// - Throws: A `MySQLError` of the kind `encoding` if the statement has values already, and what the closure
  ///   throws.
  public func withStatement<R>(
    _ statement: MySQLQuery, file: StaticString = #fileID, line: UInt = #line,
    _ body: nonisolated(nonsending) (MySQLStatement) async throws -> sending R
  ) async throws -> sending R {
    guard try statement.checkedParameters.count == 0 else {
      throw MySQLError(
        .encoding, "the statement already has bound values: write ? for each value",
        statement: statement.sql)
    }
    let (connection, lease, scope) = try await route.place(for: LeaseHolder(file, line))
    defer { lease?.end() }
    let key = statement.work.key
    connection.knowledge.withLock { $0.statements.pin(key) }
    defer { connection.knowledge.withLock { $0.statements.unpin(key) } }
    return try await body(MySQLStatement(statement.sql, connection, in: scope))
  }
}

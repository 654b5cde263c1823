/// An open transaction, as `withTransaction` lends it. It ends with the closure that it is given to, so it has no
/// methods to begin or commit.
public struct MySQLTransaction: MySQLQueryable {
  private let scope: TransactionScope

  init(_ scope: TransactionScope) { self.scope = scope }

  /// Statements go over the transaction's connection.
  ///
  /// They throw a `MySQLError` of the kind `misuse` once the transaction is over, and when a statement in it, such as
  /// CREATE TABLE, has committed it.
  public var route: _MySQLRoute { _MySQLRoute(.transaction(scope)) }

  /// The server that the transaction runs on.
  public var server: MySQLServerInfo { scope.connection.server }

  /// Runs a part that can be undone on its own, between a savepoint and its release. If the closure throws, what it did
  /// is undone, the error is thrown, and the transaction can continue.
  ///
  /// - Throws: What the closure throws, and a `MySQLError` if the server refuses.
  @discardableResult
  public nonisolated(nonsending) func withTransaction<R>(
    _ body: nonisolated(nonsending) (MySQLTransaction) async throws -> sending R
  ) async throws -> sending R {
    try await scope.nested(body)
  }
}

extension MySQLTransaction {
  /// Returns the server's remarks on the transaction's last statement: `SHOW WARNINGS`. One round trip.
  ///
  /// - Throws: As `query` does.
  public nonisolated(nonsending) func warnings() async throws(MySQLError) -> [MySQLResult.Warning] {
    try await sessionWarnings()
  }
}

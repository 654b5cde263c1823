extension TransactionScope {
  /// Runs a closure between a savepoint and its release. If it throws, what it did is undone.
  nonisolated(nonsending) func nested<R>(
    _ body: nonisolated(nonsending) (MySQLTransaction) async throws -> sending R
  ) async throws -> sending R {
    try await confirm()
    let name = nextSavepoint()
    try await run("SAVEPOINT \(name)")
    do {
      let result = try await body(MySQLTransaction(self))
      try await confirm()
      try await run("RELEASE SAVEPOINT \(name)")
      return result
    } catch {
      // If that fails, so does the whole transaction.
      if (try? check()) != nil { try await undo("ROLLBACK TO SAVEPOINT \(name)", because: error) }
      throw error
    }
  }
}

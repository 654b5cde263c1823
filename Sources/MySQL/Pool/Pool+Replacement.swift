extension Pool {
  /// How often a leased connection that turns out to have ended may be replaced for one call.
  struct Replacements {
    private var left = 2

    /// Whether the call may go on with another connection: if nothing of it was written to the one that ended.
    mutating func allowOne(after error: any Error) -> Bool {
      guard left > 0, let error = error as? MySQLError, error.retry == .statement, error.kind != .server,
        error.batch == nil
      else { return false }
      left -= 1
      return true
    }
  }

  /// Sends a statement over a connection that is leased for it. If that turns out to have ended before any of
  /// the statement was written, it is replaced.
  nonisolated(nonsending) func begin(
    _ work: Work, _ localInfile: MySQLByteSource?, for holder: LeaseHolder
  ) async throws(MySQLError) -> Response {
    var replacements = Replacements()
    while true {
      let lease = try await lease(to: holder, within: work.timeout)
      do throws(MySQLError) {
        return try await lease.connection.begin(work, localInfile, lease: lease)
      } catch {
        lease.end()
        guard replacements.allowOne(after: error) else { throw error }
      }
    }
  }
}

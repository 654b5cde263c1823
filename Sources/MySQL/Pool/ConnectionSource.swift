/// What lends a client its connections: a pool, or several servers with a pool each.
protocol ConnectionSource: AnyObject, Sendable {
  /// Lends a connection, after waiting for one if necessary.
  ///
  /// - Parameter limit: How long to wait instead of `acquireTimeout`.
  /// - Throws: `MySQLError` of the kind `timeout` if none came in time, and why none could be opened.
  nonisolated(nonsending) func lease(
    for use: LeaseUse, to holder: LeaseHolder, within limit: Nanoseconds?
  ) async throws(MySQLError) -> Lease

  var status: MySQLPoolStatus { get }
  /// Opens as many connections as should be kept.
  func fill()
  /// Waits until it is shut down and nothing is left of it.
  func ended() async
  func shutDown(within time: Duration) async
  /// Shuts down without waiting for anything.
  func abandon()
}

/// What a connection is needed for.
enum LeaseUse: Sendable {
  /// Anything, which may be writes.
  case anything
  /// Only reading what this position contains.
  case reading(after: MySQLPosition)
}

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

extension ConnectionSource {
  /// Sends a statement over a connection that is leased for it. If that turns out to have ended before any of
  /// the statement was written, it is replaced.
  nonisolated(nonsending) func begin(
    _ work: Work, _ localInfile: MySQLByteSource?, for holder: LeaseHolder
  ) async throws(MySQLError) -> Response {
    var replacements = Replacements()
    while true {
      let lease = try await lease(for: .anything, to: holder, within: work.timeout)
      do throws(MySQLError) {
        return try await lease.connection.begin(work, localInfile, lease: lease)
      } catch {
        lease.end()
        guard replacements.allowOne(after: error) else { throw error }
      }
    }
  }
}

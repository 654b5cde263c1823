/// Where statements go. For use by the library only.
public struct _MySQLRoute: Sendable {
  let target: Target

  enum Target {
    case connection(MySQLConnection)
    case pool(Pool)
    case servers(Servers)
    case transaction(TransactionScope)
  }

  init(_ target: Target) { self.target = target }
}

extension _MySQLRoute {
  /// Sends a statement, leasing a connection for it if necessary.
  @inline(__always)
  nonisolated(nonsending) func begin(
    _ work: Work, _ localInfile: MySQLByteSource?, at holder: @autoclosure () -> LeaseHolder
  ) async throws(MySQLError) -> Response {
    switch target {
    case .connection(let connection): try await connection.begin(work, localInfile)
    case .transaction(let scope): try await scope.begin(work, localInfile)
    case .pool(let pool): try await pool.begin(work, localInfile, for: holder())
    case .servers(let servers): try await servers.begin(work, localInfile, for: holder())
    }
  }

  /// Whether a statement that failed is to be sent once more: its server, one of several, refused because of what it is now,
  /// and nothing was carried out. The next server is chosen when it has been found out which one that is.
  func mayResend(_ work: Work, after error: MySQLError, _ count: inout Int) -> Bool {
    guard case .servers = target, error.isServersState, error.retry == .statement, count < 3,
      case .statement(let statement) = work, statement.options?.streams.isEmpty != false
    else { return false }
    count += 1
    return true
  }

  /// A connection for more than one command, the lease to end after them, and the transaction that they belong to.
  typealias Place = (connection: MySQLConnection, lease: Lease?, scope: TransactionScope?)

  /// Returns a place for more than one command.
  nonisolated(nonsending) func place(
    for holder: LeaseHolder, within limit: Nanoseconds? = nil
  ) async throws(MySQLError) -> Place {
    switch target {
    case .connection(let connection): return (connection, nil, nil)
    case .transaction(let scope):
      try scope.check()
      return (scope.connection, nil, scope)
    case .pool(let pool):
      let lease = try await pool.lease(to: holder, within: limit)
      return (lease.connection, lease, nil)
    case .servers(let servers):
      let lease = try await servers.lease(for: .anything, to: holder, within: limit)
      return (lease.connection, lease, nil)
    }
  }
}

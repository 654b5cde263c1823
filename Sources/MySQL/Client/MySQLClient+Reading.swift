extension MySQLClient {
  /// Lends a connection for statements that only read: to a replica, if the settings' `target` is `preferReplica` and one
  /// is there, and otherwise as `withConnection` does.
  ///
  /// ```swift
  /// try await db.execute("INSERT INTO users (name, city) VALUES (\("Edsger"), \("Rome"))")
  /// let count = try await db.read { replica in
  ///   try await replica.query("SELECT COUNT(*) FROM users WHERE city = \("Rome")").collect()[0].decode(Int.self)
  /// }
  /// print(count)  // prints 3
  /// ```
  ///
  /// What this client has written before, the closure reads: unless `readYourWrites` is off, a replica is waited for by
  /// GTID until it has applied that, for up to `catchUpTimeout`. If it does not, another one is used, or the primary. The
  /// wait takes a round trip after a write, and none while nothing new was written. In a Galera cluster it takes two round
  /// trips each time, and three after a write.
  ///
  /// - Parameter position: What else the server has to contain: the `position` of another client, perhaps in another
  ///   process.
  /// - Throws: As `withConnection` does; a `MySQLError` of the kind `timeout` if no server contains the position in time.
  @discardableResult
  public nonisolated(nonsending) func read<R>(
    after position: MySQLPosition = MySQLPosition(), file: StaticString = #fileID, line: UInt = #line,
    _ body: nonisolated(nonsending) (MySQLConnection) async throws -> sending R
  ) async throws -> sending R {
    let lease = try await source.lease(
      for: .reading(after: position), to: LeaseHolder(file, line), within: nil)
    defer { lease.end() }
    return try await body(lease.connection)
  }

  /// What this client has written, for `read(after:_:)` in another process. Empty if nothing was written, if servers keep
  /// no GTIDs (MySQL without `gtid_mode`, MariaDB without a binary log, Galera, which needs none), and unless `target` is
  /// `preferReplica` with `readYourWrites`.
  public var position: MySQLPosition { servers?.positions?.position ?? MySQLPosition() }

  /// The servers that the settings name, as far as they are known; none if they name only one, with the target `any`.
  public var serverStatus: [MySQLServerStatus] { servers?.serverStatus ?? [] }

  private var servers: Servers? {
    if case .servers(let servers) = route.target { servers } else { nil }
  }
}

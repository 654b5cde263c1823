import MySQLWire
import Synchronization

// What the server is, and how far it has come in the history of its writes.
extension MySQLConnection {
  /// Asks the server what it is: one round trip, and one more of a Galera node.
  ///
  /// - Throws: `MySQLError` if it does not reply.
  package func askRole() async throws(MySQLError) -> ServerRole { try await askRole(by: nil) }

  /// Does the same by a deadline.
  func askRole(by end: Deadline?) async throws(MySQLError) -> ServerRole {
    try await server.isMariaDB ? askMariaDB(end) : askMySQL(end)
  }

  private func askMySQL(_ end: Deadline?) async throws(MySQLError) -> ServerRole {
    let settings =
      "SELECT CONCAT(@@global.read_only), CONCAT(@@global.super_read_only), CONCAT(@@global.innodb_read_only)"
    let member =
      "SELECT member_state FROM performance_schema.replication_group_members WHERE member_id = @@server_uuid"
    if let row = try await firstRow(of: "\(settings), (\(member))", by: end, orNilFor: Self.isWithoutGroup) {
      return ServerRole(readOnly: row.texts(0..<3), group: row.texts(3..<4)[0])
    }
    // A member of a group that is not online is read-only too.
    let row = try await firstRow(of: settings, by: end)
    return ServerRole(readOnly: row?.texts(0..<3) ?? [], group: nil)
  }

  private func askMariaDB(_ end: Deadline?) async throws(MySQLError) -> ServerRole {
    let settings = "SELECT CONCAT(@@global.read_only), CONCAT(@@global.innodb_read_only)"
    guard
      let row = try await firstRow(
        of: "\(settings), CONCAT(@@wsrep_on)", by: end, orNilFor: Self.isUnknownVariable)
    else {
      // Built without Galera.
      let row = try await firstRow(of: settings, by: end)
      return ServerRole(readOnly: row?.texts(0..<2) ?? [], group: nil)
    }
    // CONCAT makes ON of it (MariaDB 10.11).
    guard ["1", "ON"].contains(row.texts(2..<3)[0]) else {
      return ServerRole(readOnly: row.texts(0..<2), group: nil)
    }
    knowledge.withLock { $0.session.isOfGalera = true }
    func status(_ name: String) -> String {
      "(SELECT variable_value FROM information_schema.global_status WHERE variable_name = '\(name)')"
    }
    let node = try await firstRow(
      of: "SELECT \(status("wsrep_ready")), \(status("wsrep_local_state_comment"))", by: end)
    let state = node?.texts(0..<2) ?? [nil, nil]
    return ServerRole(readOnly: row.texts(0..<2), isReady: state[0] == "ON", state: state[1] ?? "unknown")
  }

  /// Whether the server has no table of group members, or does not show it to this account.
  private static func isWithoutGroup(_ error: MySQLError) -> Bool {
    switch error.server?.code {
    case .noSuchTable, .unknownDatabase, .tableAccessDenied, .databaseAccessDenied: true
    default: isUnknownVariable(error)
    }
  }

  /// ER_UNKNOWN_SYSTEM_VARIABLE
  private static func isUnknownVariable(_ error: MySQLError) -> Bool {
    error.server?.code == MySQLError.Code(rawValue: 1193)
  }

  /// Waits until the server's history contains a position, and returns whether it does. One round trip.
  ///
  /// - Throws: `MySQLError` if the connection fails. A server that cannot tell does not contain it.
  func catchUp(with position: MySQLPosition, within time: Nanoseconds) async throws(MySQLError) -> Bool {
    if position.isEmpty { return true }
    guard position.isOfMariaDB == server.isMariaDB else { return false }
    let seconds = "\(Double(max(time, 1_000_000)) / 1e9)"
    // A position has no quotes and no backslashes.
    let sql =
      server.isMariaDB
      ? "SELECT MASTER_GTID_WAIT('\(position)', \(seconds))"
      : "SELECT WAIT_FOR_EXECUTED_GTID_SET('\(position)', \(seconds))"
    return try await rows(1, of: sql, within: time).first?.texts(0..<1) == ["0"]
  }

  /// Has a Galera node carry out what it has received, and returns how far it has come then; nil if it does not say. One
  /// round trip.
  ///
  /// - Throws: `MySQLError` if the connection fails.
  func clusterProgress(within time: Nanoseconds) async throws(MySQLError) -> ClusterProgress? {
    // A node may count a commit only after it has confirmed it, or before others see it. Once it has waited, it counts all
    // that it has confirmed, and others see all that it counted before. WSREP_LAST_SEEN_GTID does not help: nodes may count
    // these differently (MariaDB 10.11).
    let status = """
      SELECT MAX(IF(variable_name = 'wsrep_cluster_state_uuid', variable_value, NULL)),
        MAX(IF(variable_name = 'wsrep_last_committed', variable_value, NULL))
      FROM information_schema.global_status
      WHERE variable_name IN ('wsrep_cluster_state_uuid', 'wsrep_last_committed');
      """
    // Without variables, whose place depends on the SQL mode.
    let sql = "BEGIN NOT ATOMIC \(status) SET STATEMENT wsrep_sync_wait = 1 FOR \(status) END"
    let positions = try await rows(2, of: sql, within: time).compactMap { ClusterPosition($0.texts(0..<2)) }
    return positions.count == 2 ? ClusterProgress(seen: positions[0], counted: positions[1]) : nil
  }

  /// Waits until a Galera node has carried out what a position has, or all that it has received if none is given, and
  /// returns whether it has. A round trip, and another one if the node had still to commit something.
  ///
  /// - Throws: `MySQLError` if the connection fails.
  func catchUp(with position: ClusterPosition?, within time: Nanoseconds) async throws(MySQLError) -> Bool {
    let end = Deadline.after(time)
    // What a node has received is not all that there is.
    while let progress = try await clusterProgress(within: end.timeLeft) {
      guard let position, !progress.seen.contains(position) else { return true }
      if progress.seen.cluster != position.cluster || end.hasPassed { return false }
      if progress.counted.contains(position) { continue }
      do {
        try await Task.sleep(for: .milliseconds(2))
      } catch {
        throw MySQLError(.cancelled, "the task was cancelled while a node caught up")
      }
    }
    return false
  }

  /// Runs a statement that waits at the server, and returns its rows; none after an error of the server, or if it does
  /// not reply in time.
  private func rows(
    _ count: Int, of sql: String, within time: Nanoseconds
  ) async throws(MySQLError) -> [MySQLRow] {
    // The server is given time to say that its own is up.
    let end = Deadline.after(time.adding(500_000_000))
    do throws(MySQLError) {
      return try await rows(count, of: sql, by: end)
    } catch {
      if error.kind == .timeout || error.kind == .server { return [] }
      throw error
    }
  }

  /// Runs a statement of the library's own, and returns its first row, or nil.
  ///
  /// - Parameter isExpected: Whether to return nil for an error of the server.
  func firstRow(
    of sql: String, by end: Deadline? = nil, orNilFor isExpected: (MySQLError) -> Bool = { _ in false }
  ) async throws(MySQLError) -> MySQLRow? {
    do throws(MySQLError) {
      return try await rows(1, of: sql, by: end).first
    } catch {
      if isExpected(error) { return nil }
      throw error
    }
  }

  /// Runs a statement of the library's own, whose results have one row each, and returns at most `count` of these rows.
  private func rows(_ count: Int, of sql: String, by end: Deadline?) async throws(MySQLError) -> [MySQLRow] {
    let options = StatementWork.Options(timeout: end?.timeLeft, leavesNoTrace: true)
    let response = try await Response.begin(
      .statement(StatementWork(sql, isPrepared: false, ParameterList(), options)), name: "query", on: self,
      isObserved: false)
    var rows: [MySQLRow] = []
    while let part = try await response.next() {
      if rows.count < count, case .rows(let block) = part { rows.append(MySQLRow(Block(block), 0)) }
    }
    return rows
  }
}

extension MySQLRow {
  /// Some of the cells as text. A cell that is not there counts as NULL.
  func texts(_ columns: Range<Int>) -> [String?] { columns.map { try? decode(at: $0, as: String?.self) } }
}

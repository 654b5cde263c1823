import MySQL

extension ServerFacts {
  /// Asks the server at the other end of a connection.
  init(of connection: MySQLConnection) async throws(MySQLError) {
    role = try await connection.askRole()
    isMariaDB = connection.server.isMariaDB
    version = String(connection.server.version.prefix { $0 == "." || $0.isNumber })
    // Neither needs a right, and names that a server does not have are left out.
    let variables = try await Self.table(connection, "SHOW GLOBAL VARIABLES", Self.variables)
    let status = try await Self.table(connection, "SHOW GLOBAL STATUS", Self.statusNames)
    read(variables, status)
    try await askReplication(connection)
    if cluster?.kind == .group { try await askGroup(connection) }
  }

  private static let variables = [
    "server_uuid", "hostname", "port", "datadir", "server_id", "innodb_read_only", "log_bin", "gtid_mode",
    "rpl_semi_sync_master_enabled", "rpl_semi_sync_source_enabled", "rpl_semi_sync_slave_enabled",
    "rpl_semi_sync_replica_enabled", "wsrep_on", "wsrep_cluster_name", "group_replication_group_name",
  ]
  private static let statusNames = [
    "Rpl_semi_sync_master_clients", "Rpl_semi_sync_source_clients", "wsrep_local_state_comment",
    "wsrep_cluster_status", "wsrep_cluster_size", "wsrep_local_recv_queue", "wsrep_cluster_state_uuid",
  ]

  mutating func read(_ variables: [String: String], _ status: [String: String]) {
    func isOn(_ names: String...) -> Bool { names.contains { ["ON", "1"].contains(variables[$0]) } }
    identity =
      variables["server_uuid"]
      ?? ["hostname", "port", "datadir", "server_id"].map { variables[$0] ?? "" }.joined(separator: " ")
    serverID = variables["server_id"].flatMap { UInt32($0) }
    isReadOnlyByStorage = isOn("innodb_read_only")
    hasGTIDs = isOn("log_bin") && (isMariaDB || isOn("gtid_mode"))
    semiSync = SemiSync(
      isOnAsSource: isOn("rpl_semi_sync_master_enabled", "rpl_semi_sync_source_enabled"),
      isOnAsReplica: isOn("rpl_semi_sync_slave_enabled", "rpl_semi_sync_replica_enabled"),
      confirming: ["rpl_semi_sync_master_clients", "rpl_semi_sync_source_clients"].compactMap { status[$0] }
        .compactMap { Int($0) }.reduce(0, +))
    if isOn("wsrep_on") {
      cluster = ClusterFacts(
        kind: .galera, name: variables["wsrep_cluster_name"] ?? "",
        state: status["wsrep_local_state_comment"] ?? "unknown",
        size: status["wsrep_cluster_size"].flatMap { Int($0) },
        queue: status["wsrep_local_recv_queue"].flatMap { Int($0) },
        hasMajority: status["wsrep_cluster_status"] == "Primary")
    } else if let name = variables["group_replication_group_name"], !name.isEmpty {
      cluster = ClusterFacts(kind: .group, name: name)
    }
  }

  private mutating func askReplication(_ connection: MySQLConnection) async throws(MySQLError) {
    // MySQL has the first from 8.0.22 on, and of MariaDB's many sources the second shows only one.
    let statements = isMariaDB ? ["SHOW ALL SLAVES STATUS"] : ["SHOW REPLICA STATUS", "SHOW SLAVE STATUS"]
    for statement in statements {
      do throws(MySQLError) {
        let rows = try await connection.query(MySQLQuery(unsafe: statement)).collect()
        // A group's own channels have no source.
        sources = rows.filter { !($0.text("Channel_Name") ?? "").hasPrefix("group_replication_") }
          .map { row in ReplicationSource { row.text($0) } }
        return
      } catch {
        guard let server = error.server else { throw error }
        if server.code == .syntaxError { continue }
        missingRights = [server.message.contains("MONITOR") ? "REPLICA MONITOR" : "REPLICATION CLIENT"]
        return
      }
    }
  }

  private mutating func askGroup(_ connection: MySQLConnection) async throws(MySQLError) {
    do throws(MySQLError) {
      let members = try await connection.query(
        """
        SELECT member_id = @@server_uuid AS is_own, member_state, member_role
        FROM performance_schema.replication_group_members
        """
      ).collect()
      let own = members.first { $0.text("is_own") == "1" }
      cluster?.state = own?.text("member_state") ?? "OFFLINE"
      cluster?.role = own?.text("member_role")
      cluster?.size = members.count
      cluster?.unreachable = members.count { $0.text("member_state") == "UNREACHABLE" }
      let queue = try await connection.query(
        """
        SELECT count_transactions_remote_in_applier_queue AS queue
        FROM performance_schema.replication_group_member_stats WHERE member_id = @@server_uuid
        """
      ).collect()
      cluster?.queue = queue.first?.text("queue").flatMap { Int($0) }
    } catch {
      guard let server = error.server else { throw error }
      // MySQL 5.7 has no roles, and then the state stays unknown.
      if server.code == .tableAccessDenied { missingRights.append("SELECT") }
    }
  }

  /// Returns the values of a statement that shows names, in lower case, and values.
  private static func table(
    _ connection: MySQLConnection, _ statement: String, _ names: [String]
  ) async throws(MySQLError) -> [String: String] {
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    let rows = try await connection.query(
      MySQLQuery(unsafe: "\(statement) WHERE Variable_name IN (\(list))")
    ).collect()
    return Dictionary(
      rows.compactMap { row in
        row.text("Variable_name").flatMap { name in row.text("Value").map { (name.lowercased(), $0) } }
      }
    ) { first, _ in first }
  }
}

extension MySQLRow {
  /// The text in a column; nil for NULL and for a column that is not there.
  fileprivate func text(_ column: String) -> String? {
    self[column].flatMap { $0.isNull ? nil : String(decoding: $0.bytes, as: UTF8.self) }
  }
}

#if os(Linux)
  import MySQL
  import Testing

  extension OwnTopology {
    /// A table to find out whether a server accepts writes.
    static let probe = "CREATE TABLE app.probes (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE = InnoDB"

    /// Waits for another member to become the primary, or makes one, and returns it when it accepts writes.
    func replace(_ member: Int, after fault: ServerFault) async throws -> Int {
      let next = (member + 1) % members.count
      switch kind {
      case .replication: try await promote(next)
      case .galera:
        // It waits for a cluster that looks for a missing node.
        try await members[next].withAdministrator { administrator in
          _ = try await administrator.execute("INSERT INTO app.probes VALUES ()")
        }
      case .group:
        // The others know of these nothing.
        if fault == .readOnly || fault == .partition {
          try await promote(next)
        } else {
          return try await electedPrimary(otherThan: member)
        }
      }
      return next
    }

    /// Returns when a member that was struck, and is free of its fault, does its part again.
    func bringBack(_ member: Int, isFormerPrimary: Bool) async throws {
      switch kind {
      case .replication:
        guard isFormerPrimary else { return }
        // A server of MySQL may have written what no other server has received, and nobody was told was written.
        do { try await rejoin(member) } catch { try await rejoin(member, isCopied: true) }
      case .galera, .group:
        for other in members.indices { try await waitUntilWhole(other) }
      }
    }

    /// Waits until a member of Galera or a group takes part with all others.
    private func waitUntilWhole(_ member: Int) async throws {
      let query: MySQLQuery =
        kind == .galera
        ? """
        SELECT COUNT(*) = 2 FROM information_schema.global_status
        WHERE (variable_name = 'wsrep_local_state' AND variable_value = '4')
          OR (variable_name = 'wsrep_cluster_size' AND variable_value = '3')
        """
        : "SELECT COUNT(*) = 3 FROM performance_schema.replication_group_members WHERE member_state = 'ONLINE'"
      let start = ContinuousClock.now
      while start.duration(to: .now) < .seconds(60) {
        let isWhole = try? await members[member].withAdministrator {
          try await $0.value(query, as: Bool.self)
        }
        if isWhole == true { return }
        try await Task.sleep(for: .milliseconds(50))
      }
      Issue.record("member \(member + 1) of \(kind) does not take part again")
    }

    /// Waits until the group has another primary that accepts writes, and returns it.
    private func electedPrimary(otherThan member: Int) async throws -> Int {
      let start = ContinuousClock.now
      while start.duration(to: .now) < .seconds(60) {
        for other in members.indices where other != member {
          let canWrite = try? await members[other].withAdministrator {
            try await $0.value("SELECT @@global.super_read_only = 0", as: Bool.self)
          }
          if canWrite == true { return other }
        }
        try await Task.sleep(for: .milliseconds(50))
      }
      throw Hang()
    }
  }
#endif

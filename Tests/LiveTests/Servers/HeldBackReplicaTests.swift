#if os(Linux)
  import MySQL
  import Testing

  extension Live {
    /// Reads after writes, from replicas that carry nothing out for half a second at a time: 10,000 in a long run, 1,000
    /// in others.
    @Suite(
      .live(if: !OwnServer.kinds.isEmpty, .noOwnServers),
      .tags(.ownServers, .waiting), .timeLimit(.minutes(10)))
    struct HeldBackReplicaTests {
      private static let tasks = 100
      private static let readsOfTask = Pass.isLongRun ? 100 : 10

      @Test(arguments: OwnServer.kinds) func noReadIsOlderThanItsTasksWrite(kind: OwnServer.Kind) async throws
      {
        try await OwnTopology.with(.replication(kind)) { topology in
          let tables = ["waiting", "impatient", "careless"]
          try await makeTables(tables, in: topology)
          let holder = Task { try await holdBack(topology.members.dropFirst()) }
          let waiting = try await oldReads(topology, "waiting")
          let impatient = try await oldReads(topology, "impatient") { $0.catchUpTimeout = .milliseconds(50) }
          let careless = try await oldReads(topology, "careless") { $0.readYourWrites = false }
          holder.cancel()
          // It was cancelled in the middle of a statement.
          _ = await holder.result
          #expect(waiting == 0 && impatient == 0)
          #expect(careless > 0, "nothing was held back")
        }
      }

      /// Creates the tables, and returns when every server has them.
      private func makeTables(_ names: [String], in topology: OwnTopology) async throws {
        try await topology.members[0].withAdministrator { administrator in
          for name in names {
            try await administrator.execute(
              "CREATE TABLE app.\(identifier: name) (task INT PRIMARY KEY, number INT) ENGINE = InnoDB")
          }
        }
        for member in topology.members {
          try await member.withAdministrator { administrator in
            let query: MySQLQuery =
              "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'app'"
            while try await administrator.value(query, as: Int.self) < names.count {
              try await Task.sleep(for: .milliseconds(10))
            }
          }
        }
      }

      /// Lets replicas carry out what they have received only twice a second.
      private func holdBack(_ replicas: ArraySlice<OwnServer>) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for replica in replicas {
            group.addTask {
              try await replica.withAdministrator { administrator in
                while !Task.isCancelled {
                  try await administrator.execute("STOP REPLICA SQL_THREAD")
                  try? await Task.sleep(for: .milliseconds(500))
                  try await administrator.execute("START REPLICA SQL_THREAD")
                  try? await Task.sleep(for: .milliseconds(50))
                }
              }
            }
          }
          try await group.waitForAll()
        }
      }

      /// Returns how many reads did not find what their task had written just before.
      private func oldReads(
        _ topology: OwnTopology, _ table: String, _ change: (inout MySQLConfiguration) -> Void = { _ in }
      ) async throws -> Int {
        var settings = topology.settings
        settings.target = .preferReplica
        settings.maxConnections = Self.tasks
        change(&settings)
        let client = try MySQLClient(settings)
        let old = try await withThrowingTaskGroup(of: Int.self) { group in
          for task in 0..<Self.tasks {
            group.addTask { try await oldReads(of: task, client, table) }
          }
          return try await group.reduce(0, +)
        }
        await client.shutdown()
        return old
      }

      private func oldReads(of task: Int, _ client: MySQLClient, _ table: String) async throws -> Int {
        var old = 0
        for number in 1...Self.readsOfTask {
          try await client.execute("REPLACE INTO \(identifier: table) VALUES (\(task), \(number))")
          let found = try await client.read { connection in
            try await connection.values(
              "SELECT number FROM \(identifier: table) WHERE task = \(task)", as: Int.self)
          }
          if found != [number] { old += 1 }
        }
        return old
      }
    }
  }
#endif

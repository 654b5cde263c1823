import MySQL
import Testing

@testable import mysql_demo

extension Demo {
  /// What the doctor finds wrong with several servers, by what they say about themselves.
  @Suite struct JudgingTopologies {
    static func replication(_ target: MySQLConfiguration.Target = .preferReplica) -> Topology {
      Topology(members: [.primary(1), .replica(2, of: 1), .replica(3, of: 1)], target: target)
    }

    /// The problems, each after the port of its server.
    private func problems(_ topology: Topology, _ severity: Finding.Severity = .wrong) -> [String] {
      topology.findings.filter { $0.severity == severity }.map {
        ($0.place.map { "\($0) " } ?? "") + $0.problem
      }
    }

    @Test func findsNothingWrongWithAReplication() {
      #expect(Self.replication().findings == [])
      #expect(
        Self.replication().table == """
          server  version      what it is       lag
          db:1    MySQL 9.7.0  primary
          db:2    MySQL 9.7.0  replica of db:1  0 s
          db:3    MySQL 9.7.0  replica of db:1  0 s

          """)
    }

    @Test func saysWhereCallsGo() {
      for (target, writes, reads) in [
        (.any, ["db:1", "db:2", "db:3"], ["db:1", "db:2", "db:3"]), (.primary, ["db:1"], ["db:1"]),
        (.replica, [], ["db:2", "db:3"]), (.preferReplica, ["db:1"], ["db:2", "db:3"]),
      ] as [(MySQLConfiguration.Target, [String], [String])] {
        let topology = Self.replication(target)
        #expect(topology.writeTargets == writes && topology.readTargets == reads, "\(target)")
      }
      var alone = Self.replication()
      alone.servers.removeLast(2)
      #expect(alone.readTargets == ["db:1"])
      var unweighted = Self.replication()
      unweighted.servers[1].weight = 0
      #expect(unweighted.readTargets == ["db:3"])
      let nodes = Topology(members: [.node("Synced"), .node("Synced")], target: .preferReplica)
      #expect(nodes.writeTargets == ["db:1"] && nodes.readTargets == ["db:2"])
    }

    @Test(arguments: [
      ("No", "Yes", "Duplicate entry", "replication from db:1 has stopped: Duplicate entry"),
      ("Yes", "No", nil, "replication from db:1 has stopped"),
      ("Connecting", "Yes", "Access denied", "it does not reach its source db:1: Access denied"),
    ])
    func findsReplicationThatDoesNotRun(
      _ receiving: String, _ applying: String, _ error: String?, _ found: String
    ) {
      var topology = Self.replication()
      topology.change(2) { facts in
        facts.sources[0].receiving = receiving
        facts.sources[0].applying = applying
        facts.sources[0].error = error
        facts.sources[0].lag = nil
      }
      #expect(problems(topology) == ["db:3 " + found])
      #expect(topology.table.hasSuffix("replica of db:1  unknown\n"))
    }

    @Test func findsServersThatAcceptWritesBesidesThePrimary() {
      var topology = Self.replication()
      topology.change(1) { $0.role.access = .writable }
      #expect(problems(topology).count == 1)
      #expect(problems(topology)[0].hasPrefix("db:2 it is a replica and accepts writes"))
      #expect(topology.table.contains("replica of db:1, accepts writes too"))
      topology.change(1) { $0.sources = [] }
      #expect(problems(topology).count == 1)
      #expect(problems(topology)[0].hasPrefix("db:1, db:2 accept writes"))
      #expect(topology.table.contains("  accepts writes too"))
    }

    @Test func acceptsManyWritersInOneCluster() {
      for facts in [ServerFacts.node("Synced"), .member("ONLINE", "PRIMARY")] {
        #expect(Topology(members: [facts, facts, facts], target: .primary).findings == [])
      }
      let mixed = Topology(members: [.node("Synced"), .primary(2)], target: .primary)
      #expect(problems(mixed)[0].hasPrefix("db:1, db:2 accept writes"))
    }

    @Test func findsThatThereIsNoPrimary() {
      var topology = Self.replication()
      topology.change(0) { $0.role.access = .readOnly }
      #expect(problems(topology) == ["There is no primary: none of the servers that reply accepts writes."])
      topology.target = .replica
      #expect(problems(topology).isEmpty)
    }

    @Test func findsAServerWithoutASource() {
      var topology = Self.replication()
      topology.change(2) { $0.sources = [] }
      #expect(problems(topology)[0].hasPrefix("db:3 it is read-only but replicates from no server"))
      // A replica of Amazon's Aurora shares the primary's storage.
      topology.change(2) { $0.isReadOnlyByStorage = true }
      #expect(problems(topology).isEmpty)
    }

    @Test func namesTheRightThatIsMissing() {
      var topology = Self.replication()
      topology.change(2) { facts in
        facts.sources = []
        facts.missingRights = ["REPLICA MONITOR"]
      }
      #expect(problems(topology).isEmpty)
      #expect(problems(topology, .remark)[0].hasSuffix("on db:3: it lacks REPLICA MONITOR ON *.*."))
      #expect(topology.table.hasSuffix("read-only, may be a replica  needs REPLICA MONITOR\n"))
    }

    @Test func findsSourcesThatDiffer() {
      var topology = Self.replication()
      topology.change(2) { $0.sources[0].serverID = 2 }
      #expect(problems(topology).isEmpty)
      #expect(problems(topology, .remark)[0].hasPrefix("db:3 its source is db:2"))
      topology.change(2) {
        $0.sources[0] = ReplicationSource(host: "other", port: "3306", serverID: 9, lag: 0)
      }
      #expect(
        problems(topology) == ["db:3 its source is other:3306, and not the primary db:1: it has other data"])
      topology.servers.removeFirst()
      topology.target = .replica
      #expect(
        problems(topology) == ["The replicas have different sources: db:2 from db:1; db:3 from other:3306."])
    }

    @Test func findsServerIDsThatAreShared() {
      var topology = Self.replication()
      topology.change(2) { $0.serverID = 2 }
      #expect(problems(topology)[0].hasPrefix("db:2, db:3 have the same server_id 2"))
    }

    @Test func findsThatGTIDsAreOff() {
      var topology = Self.replication()
      topology.change(0) { $0.hasGTIDs = false }
      #expect(problems(topology)[0].hasPrefix("db:1: without GTIDs"))
      topology.readsOwnWrites = false
      #expect(topology.findings == [])
      topology.readsOwnWrites = true
      topology.target = .primary
      #expect(problems(topology).isEmpty && problems(topology, .remark).count == 1)
    }

    @Test func remarksWhatIsUnusual() {
      var topology = Self.replication(.any)
      topology.change(0) { $0.semiSync.confirming = 0 }
      topology.change(1) { $0.sources[0].delay = 3600 }
      topology.change(2) { $0.version = "8.4.6" }
      #expect(problems(topology).isEmpty)
      let remarks = problems(topology, .remark)
      #expect(remarks.contains { $0.hasPrefix("db:2 it holds writes back for 3600 s") })
      #expect(
        remarks.contains { $0.hasPrefix("db:1 replication is semi-synchronous, but no replica confirms") })
      #expect(remarks.contains { $0.hasPrefix("The target is any") })
      #expect(remarks.contains { $0.contains("MySQL 8: db:3; MySQL 9: db:1, db:2") })
      topology.change(0) { $0.semiSync.isOnAsSource = false }
      #expect(
        problems(topology, .remark).contains { $0.hasPrefix("db:1 replication is not semi-synchronous") })
    }

    @Test func findsNodesThatAreNotSynced() {
      var topology = Topology(
        members: [.node("Synced"), .node("Joined"), .node("Initialized")], target: .primary)
      topology.change(2) { $0.cluster?.hasMajority = false }
      #expect(problems(topology)[0] == "db:2 the node is not Synced but Joined")
      #expect(problems(topology)[1].hasPrefix("db:3 the node (Initialized) is cut off from the majority"))
      #expect(
        topology.table.contains(
          "db:3    MariaDB 11.8.3  Galera node, Initialized, no majority, 3 members  unknown"))
    }

    @Test(arguments: [
      ("OFFLINE", "START GROUP_REPLICATION"), ("RECOVERING", "wait"), ("ERROR", "its error log"),
    ])
    func findsGroupMembersThatAreNotOnline(_ state: String, _ cure: String) {
      let topology = Topology(members: [.member("ONLINE", "PRIMARY"), .member(state, "")], target: .primary)
      #expect(problems(topology) == ["db:2 the group member is not ONLINE but \(state)"])
      #expect(topology.findings[0].advice[0].text.hasPrefix(cure))
    }

    @Test func findsAGroupWithoutItsMajority() {
      var topology = Topology(members: [.member("ONLINE", "PRIMARY")], target: .primary)
      topology.change(0) { $0.cluster?.unreachable = 2 }
      #expect(
        problems(topology)[0].contains(
          "it does not reach 2 of the 3 members of its group, so it has no majority"))
    }

    @Test func findsClustersThatDiffer() {
      var topology = Topology(members: [.node("Synced"), .node("Synced")], target: .primary)
      topology.change(1) { $0.cluster?.name = "other" }
      #expect(
        problems(topology) == ["The servers belong to different clusters: db:1 to pond, db:2 to other."])
    }

    @Test func takesAddressesOfOneServerForOne() {
      var topology = Topology(members: [.primary(1), .primary(1)], target: .primary)
      for index in 0...1 {
        topology.servers[index].endpoint = "localhost:3306"
        topology.servers[index].address = ["::1", "127.0.0.1"][index]
      }
      topology.joinSameServers()
      #expect(problems(topology).isEmpty)
      #expect(topology.table.contains("the same server as localhost:3306 (::1)"))
      // Many servers listen on IPv4 only.
      topology.servers[0].reply = .failed("refused")
      topology.servers[1].reply = .facts(.primary(1))
      #expect(problems(topology).isEmpty && problems(topology, .remark).count == 1)
      topology.servers[0].address = "127.0.0.2"
      #expect(problems(topology) == ["localhost:3306 (127.0.0.2) it cannot be used: refused"])
    }

    @Test func showsNoControlCharactersOfAServer() {
      var topology = Self.replication()
      topology.change(2) { $0.sources[0] = ReplicationSource(host: "\u{1B}]0;PWNED", lag: 0) }
      #expect(topology.table.contains("PWNED"))
      #expect(topology.table.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
    }

    @Test func readsBothSpellingsOfAReplicasState() {
      let old = ["Master_Host": "db", "Master_Port": "1", "Master_Server_Id": "1", "Slave_IO_Running": "Yes"]
      let last = [
        "Slave_SQL_Running": "No", "Seconds_Behind_Master": "7", "Last_IO_Error": "", "SQL_Delay": "5",
      ]
      let row = old.merging(last) { $1 }.merging(["Last_SQL_Error": "no"]) { $1 }
      let source = ReplicationSource(
        host: "db", port: "1", serverID: 1, receiving: "Yes", applying: "No", error: "no", lag: 7, delay: 5)
      #expect(ReplicationSource { row[$0] } == source)
      let new = row.map { name, value in
        (
          name.replacing("Master", with: "Source").replacing("Slave", with: "Replica"), value
        )
      }
      let renamed = Dictionary(uniqueKeysWithValues: new)
      #expect(ReplicationSource { renamed[$0] } == source)
    }

    @Test func showsNoPasswordsOfReplicatedStatements() {
      let error = "Error 'no' on query. Default database: ''. Query: 'CREATE USER a IDENTIFIED BY 'canary''"
      let source = ReplicationSource { $0 == "Last_SQL_Error" ? error : nil }
      #expect(source.error == "Error 'no' on query. Default database: ''. Query: •••")
      let login = "Access denied for user 'r'@'h' (using password: YES)"
      #expect(ReplicationSource { $0 == "Last_IO_Error" ? login : nil }.error == login)
    }
  }
}

extension Topology {
  fileprivate init(members: [ServerFacts], target: MySQLConfiguration.Target) {
    let servers = members.enumerated().map {
      Server(endpoint: "db:\($0.offset + 1)", reply: .facts($0.element))
    }
    self.init(servers: servers, target: target)
  }

  fileprivate mutating func change(_ index: Int, _ change: (inout ServerFacts) -> Void) {
    guard case .facts(var facts) = servers[index].reply else { return }
    change(&facts)
    servers[index].reply = .facts(facts)
  }
}

extension ServerFacts {
  fileprivate static func primary(_ id: UInt32) -> Self {
    ServerFacts(
      version: "9.7.0", identity: "\(id)", serverID: id,
      semiSync: SemiSync(isOnAsSource: true, isOnAsReplica: true, confirming: 2))
  }

  fileprivate static func replica(_ id: UInt32, of source: UInt32) -> Self {
    var facts = primary(id)
    facts.role = ServerRole(.readOnly)
    facts.sources = [ReplicationSource(host: "db", port: "\(source)", serverID: source, lag: 0)]
    return facts
  }

  fileprivate static func node(_ state: String) -> Self {
    let access: ServerRole.Access = state == "Synced" ? .writable : .notReady("Galera: \(state)")
    return ServerFacts(
      isMariaDB: true, version: "11.8.3", role: ServerRole(access, in: .galera),
      cluster: ClusterFacts(kind: .galera, name: "pond", state: state, size: 3, queue: 0))
  }

  fileprivate static func member(_ state: String, _ role: String) -> Self {
    let access: ServerRole.Access = state == "ONLINE" ? .writable : .notReady("group replication: \(state)")
    return ServerFacts(
      version: "9.7.0", role: ServerRole(access, in: .group),
      cluster: ClusterFacts(kind: .group, name: "pond", state: state, role: role, size: 3, queue: 0))
  }
}

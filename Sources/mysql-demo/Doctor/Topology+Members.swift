import MySQL

// What is wrong with one server.
extension Topology {
  var findingsOfServers: [Finding] {
    servers.flatMap { server in
      switch server.reply {
      case .same: [] as [Finding]
      case .failed(let reason): [finding(of: server, reason)]
      case .facts(let facts): findings(of: facts, at: server.place)
      }
    }
  }

  private func finding(of server: Server, _ reason: String) -> Finding {
    isOfUnusedFamily(server)
      ? Finding(
        .remark, at: server.place, "nothing replies at this address, but another address of the name works",
        (.server, "if it should: bind-address = * under [mysqld]; if not, take the address out of the name"))
      : Finding(
        .wrong, at: server.place, "it cannot be used: \(reason)",
        (
          .here,
          server.address.map { "mysql-demo doctor -h \($0) says why" } ?? "its own check above says why"
        ))
  }

  /// Whether servers reply at addresses of the same name, all of them of the other family, IPv4 or IPv6.
  private func isOfUnusedFamily(_ server: Server) -> Bool {
    guard let address = server.address else { return false }
    let working = servers.filter { other in
      if case .failed = other.reply { false } else { other.endpoint == server.endpoint }
    }
    return !working.isEmpty
      && working.allSatisfy { ($0.address ?? "").contains(":") != address.contains(":") }
  }

  private func findings(of facts: ServerFacts, at place: String) -> [Finding] {
    var all = facts.sources.flatMap { findings(of: $0, isMariaDB: facts.isMariaDB, at: place) }
    if let cluster = facts.cluster { all += findings(of: cluster, facts, at: place) }
    if facts.role.access == .writable, !facts.isClustered, !facts.sources.isEmpty {
      let name = facts.isMariaDB ? "read_only" : "super_read_only"
      all.append(
        Finding(
          .wrong, at: place,
          "it is a replica and accepts writes, so a client with target=primary may take it for the primary",
          (.server, "SET GLOBAL \(name) = 1, and \(name) = 1 under [mysqld]")))
    }
    if facts.role.access == .readOnly, !facts.isClustered, facts.sources.isEmpty, facts.missingRights.isEmpty,
      !facts.isReadOnlyByStorage, !writableMembers.isEmpty
    {
      all.append(
        Finding(
          .wrong, at: place, "it is read-only but replicates from no server, so what it has grows old",
          (.server, "make it a replica: \(Self.changeSource(facts)) …; or stop using it")))
    }
    return all
  }

  static func changeSource(_ facts: ServerFacts) -> String {
    facts.isMariaDB ? "CHANGE MASTER TO" : "CHANGE REPLICATION SOURCE TO"
  }

  private func findings(of source: ReplicationSource, isMariaDB: Bool, at place: String) -> [Finding] {
    let name = name(of: source)
    let reason = source.error.map { ": \($0)" } ?? ""
    let start = isMariaDB ? "START SLAVE" : "START REPLICA"
    let show = isMariaDB ? "SHOW ALL SLAVES STATUS" : "SHOW REPLICA STATUS"
    if source.receiving != "No", source.applying == "Yes", !source.isRunning {
      return [
        Finding(
          .wrong, at: place, "it does not reach its source \(name)\(reason)",
          (.server, "does the source run, and is the account right? \(show); then \(start)"),
          (.between, "can this replica reach \(source.place)?"))
      ]
    }
    if !source.isRunning {
      let cure = source.error == nil ? start : "put right what it says (\(show)), then \(start)"
      return [Finding(.wrong, at: place, "replication from \(name) has stopped\(reason)", (.server, cure))]
    }
    var all: [Finding] = []
    if source.delay > 0 {
      all.append(
        Finding(
          .remark, at: place, "it holds writes back for \(source.delay) s on purpose",
          (.here, "leave it out of the settings if reads should be current")))
    }
    if source.lag == nil {
      all.append(
        Finding(
          .remark, at: place, "it does not know how far it lags (source \(name))",
          (.server, "run doctor again; if it stays so, see its error log")))
    }
    return all
  }
}

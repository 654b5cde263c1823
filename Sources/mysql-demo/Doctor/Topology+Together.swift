import MySQL

// What is wrong with how servers fit together.
extension Topology {
  var findings: [Finding] {
    findingsOfServers + findingsOfPrimaries + findingsOfSources + findingsOfClusters + findingsOfSettings
      + wrongTarget
      + findingsOfVersions + missingRights
  }

  private func text(_ members: [Member]) -> String { members.map(\.place).joined(separator: ", ") }

  private var findingsOfPrimaries: [Finding] {
    if members.isEmpty { return [] }
    let independent = writableMembers.filter { $0.facts.isClustered || $0.facts.sources.isEmpty }
    if independent.count > 1, independent.contains(where: { !$0.facts.isClustered }) {
      return [
        Finding(
          .wrong,
          "\(text(independent)) accept writes, and are not one cluster: what one of them gets, the others do not have",
          (.server, "SET GLOBAL read_only = 1 on all but one, and make those its replicas"))
      ]
    }
    if writableMembers.isEmpty, target != .replica {
      if members.allSatisfy({ $0.facts.cluster != nil }) {
        return [
          Finding(
            .wrong, "There is no primary: no member of the cluster that replies accepts writes.",
            (.server, "first see to its members"))
        ]
      }
      return [
        Finding(
          .wrong, "There is no primary: none of the servers that reply accepts writes.",
          (.server, "promote a replica: STOP REPLICA; RESET REPLICA ALL; SET GLOBAL read_only = 0"),
          (.here, "if only replicas are meant: target=replica"))
      ]
    }
    return []
  }

  /// The members that replicate from a server, outside clusters.
  private var replicas: [Member] { members.filter { !$0.facts.sources.isEmpty && !$0.facts.isClustered } }

  private var findingsOfSources: [Finding] {
    sharedServerIDs + (primary.map(findings(ofReplicasOf:)) ?? differingSources)
  }

  private func findings(ofReplicasOf primary: Member) -> [Finding] {
    replicas.compactMap { replica in
      let named = replica.facts.sources.compactMap(member(for:))
      if named.contains(where: { $0.place == primary.place }) { return nil }
      if let other = named.first(where: { $0.place != replica.place }) {
        return Finding(
          .remark, at: replica.place,
          "its source is \(other.place), and not the primary itself, so the lags of both add up")
      }
      guard let source = replica.facts.sources.first, source.serverID != nil else { return nil }
      return Finding(
        .wrong, at: replica.place,
        "its source is \(source.place), and not the primary \(primary.place): it has other data",
        (.server, "make it follow the primary: \(Self.changeSource(replica.facts)) …"))
    }
  }

  /// Without a primary among the servers, the replicas of one are expected.
  private var differingSources: [Finding] {
    let followers = replicas.filter { $0.facts.sources.allSatisfy { member(for: $0) == nil } }
    let sources = followers.map { follower in
      Set(follower.facts.sources.map { source in source.serverID.map { "id \($0)" } ?? source.place })
    }
    guard let first = sources.first, !sources.allSatisfy({ !$0.isDisjoint(with: first) }) else { return [] }
    let list = followers.map { follower in
      "\(follower.place) from \(follower.facts.sources.map(\.place).joined(separator: ", "))"
    }
    return [
      Finding(
        .wrong, "The replicas have different sources: \(list.joined(separator: "; ")).",
        (.server, "make them follow the same primary"))
    ]
  }

  private var sharedServerIDs: [Finding] {
    guard !replicas.isEmpty else { return [] }
    let alone = members.filter { !$0.facts.isClustered && $0.facts.serverID != nil }
    let groups = Dictionary(grouping: alone) { $0.facts.serverID ?? 0 }.filter { $0.value.count > 1 }
    return groups.sorted { $0.key < $1.key }.map { id, members in
      Finding(
        .wrong,
        "\(text(members)) have the same server_id \(id), so replicas take other servers' writes for their own.",
        (.server, "a server_id of its own under [mysqld] of each, then restart it"))
    }
  }

  private var findingsOfClusters: [Finding] {
    [ServerRole.Cluster.galera, .group].compactMap { kind in
      let names = members.compactMap { member in
        member.facts.cluster.flatMap { $0.kind == kind ? (member.place, $0.name) : nil }
      }
      guard Set(names.map(\.1)).count > 1 else { return nil }
      let list = names.map { "\($0) to \($1)" }.joined(separator: ", ")
      let (word, setting) =
        kind == .galera ? ("clusters", "wsrep_cluster_name") : ("groups", "group_replication_group_name")
      return Finding(
        .wrong, "The servers belong to different \(word): \(list).",
        (.server, "the same \(setting) on each, then restart it; or name the servers of one of the \(word)"))
    }
  }

  private var findingsOfSettings: [Finding] {
    guard let primary, !replicas.isEmpty else { return [] }
    return findingsOfGTIDs(primary) + semiSynchrony(primary)
  }

  private func findingsOfGTIDs(_ primary: Member) -> [Finding] {
    let lacking = ([primary] + replicas.filter { !$0.facts.isMariaDB && $0.place != primary.place })
      .filter { !$0.facts.hasGTIDs }
    guard readsOwnWrites, let first = lacking.first else { return [] }
    let cure =
      first.facts.isMariaDB
      ? "log_bin under [mysqld], then restart it"
      : "log_bin, gtid_mode = ON and enforce_gtid_consistency = ON under [mysqld], then restart it"
    return [
      Finding(
        target == .preferReplica ? .wrong : .remark,
        "\(text(lacking)): without GTIDs, a client cannot wait until a replica has what it has written.",
        (.server, cure), (.here, "or accept older data: read-your-writes=no"))
    ]
  }

  private func semiSynchrony(_ primary: Member) -> [Finding] {
    let facts = primary.facts
    if facts.semiSync.isOnAsSource, facts.semiSync.confirming > 0 { return [] }
    let (side, other) = facts.isMariaDB ? ("master", "slave") : ("source", "replica")
    return [
      Finding(
        .remark, at: primary.place,
        facts.semiSync.isOnAsSource
          ? "replication is semi-synchronous, but no replica confirms writes: if it dies, the last ones are lost"
          : "replication is not semi-synchronous: if it dies, the last writes are lost",
        (
          .server,
          "rpl_semi_sync_\(side)_enabled = ON there, rpl_semi_sync_\(other)_enabled = ON on the replicas"
        ))
    ]
  }

  private var wrongTarget: [Finding] {
    let readOnly = members.filter { $0.facts.role.access == .readOnly }
    guard target == .any, !readOnly.isEmpty, !writableMembers.isEmpty else { return [] }
    return [
      Finding(
        .remark, "The target is any, so writes may reach a replica, which refuses them.",
        (.here, "target=primary, or target=prefer-replica to read from replicas"))
    ]
  }

  private var findingsOfVersions: [Finding] {
    let versions = Dictionary(grouping: members) { "\($0.facts.product) \($0.facts.major)" }
    guard versions.count > 1 else { return [] }
    let list = versions.sorted { $0.key < $1.key }.map { "\($0): \(text($1))" }.joined(separator: "; ")
    return [
      Finding(
        .remark, "The servers are of different major versions (\(list)).",
        (.server, "keep that as short as an upgrade takes: replicas may not understand a newer primary"))
    ]
  }

  private var missingRights: [Finding] {
    let rights = Set(members.flatMap(\.facts.missingRights)).sorted()
    return rights.map { right in
      let places = text(members.filter { $0.facts.missingRights.contains(right) })
      let scope = right == "SELECT" ? "performance_schema.*" : "*.*"
      return Finding(
        .remark,
        "This account may not see the state of replication on \(places): it lacks \(right) ON \(scope).",
        (.server, "GRANT \(right) ON \(scope) TO this account"))
    }
  }
}

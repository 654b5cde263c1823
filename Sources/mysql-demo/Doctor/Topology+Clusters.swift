import MySQL

// What is wrong with a member of a cluster or group.
extension Topology {
  func findings(of cluster: ClusterFacts, _ facts: ServerFacts, at place: String) -> [Finding] {
    guard let state = cluster.state else { return [] }
    switch cluster.kind {
    case .galera: return finding(ofNode: cluster, state, facts, at: place).map { [$0] } ?? []
    case .group: return finding(ofMember: cluster, state, at: place).map { [$0] } ?? []
    }
  }

  private func finding(
    ofNode cluster: ClusterFacts, _ state: String, _ facts: ServerFacts, at place: String
  ) -> Finding? {
    if !cluster.hasMajority {
      return Finding(
        .wrong, at: place,
        "the node (\(state)) is cut off from the majority of its cluster and refuses statements",
        (.server, "start the other nodes"), (.between, "is the network between the nodes in order?"),
        (
          .server,
          "only if the others are lost: SET GLOBAL wsrep_provider_options = 'pc.bootstrap=YES' on one node"
        ))
    }
    if state != "Synced" {
      return Finding(
        .wrong, at: place, "the node is not Synced but \(state)",
        (.server, "wait until it has caught up, or see its error log"),
        (.server, "if it stays Donor/Desynced: is wsrep_desync ON?"))
    }
    if !facts.isReady {
      return Finding(
        .wrong, at: place, "the node \(facts.role.text)", (.server, "its error log says why"))
    }
    return nil
  }

  private func finding(ofMember cluster: ClusterFacts, _ state: String, at place: String) -> Finding? {
    let cure =
      switch state {
      case "ONLINE": ""
      case "RECOVERING": "wait until it has what it missed, or see its error log"
      case "OFFLINE": "START GROUP_REPLICATION"
      default: "its error log says why; then STOP GROUP_REPLICATION; START GROUP_REPLICATION"
      }
    if state != "ONLINE" {
      return Finding(.wrong, at: place, "the group member is not ONLINE but \(state)", (.server, cure))
    }
    guard cluster.unreachable > 0, let size = cluster.size else { return nil }
    let hasMajority = 2 * cluster.unreachable < size
    return Finding(
      .wrong, at: place,
      "it does not reach \(cluster.unreachable) of the \(size) members of its group"
        + (hasMajority ? "" : ", so it has no majority and writes wait without end"),
      (.server, "start the other members"), (.between, "is the network between the members in order?"))
  }
}

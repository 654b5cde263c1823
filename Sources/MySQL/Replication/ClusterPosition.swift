/// How far a node of Galera has come in the history of its cluster.
struct ClusterPosition: Sendable, Hashable {
  /// Another one after the cluster was begun again with other data.
  var cluster: String
  /// The number of the last transaction that the node has committed, which all nodes count alike.
  var transaction: UInt64

  /// - Parameter cells: What a node replies, as text.
  init?(_ cells: [String?]) {
    guard let cluster = cells[0], let transaction = cells[1].flatMap({ UInt64($0) }) else { return nil }
    self.cluster = cluster
    self.transaction = transaction
  }

  /// Whether the history up to here has all of another one.
  func contains(_ other: ClusterPosition) -> Bool {
    cluster == other.cluster && transaction >= other.transaction
  }
}

/// How far a node of Galera has come, after it has carried out what it had received.
struct ClusterProgress: Sendable, Hashable {
  /// What others see.
  var seen: ClusterPosition
  /// With all that the node has confirmed. Others may not see all of it yet.
  var counted: ClusterPosition
}

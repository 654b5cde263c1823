/// What a server is, by its own account.
package struct ServerRole: Sendable, Hashable {
  package var access: Access
  /// The cluster that it is a member of.
  package var cluster: Cluster?

  package init(_ access: Access, in cluster: Cluster? = nil) {
    self.access = access
    self.cluster = cluster
  }

  package enum Access: Sendable, Hashable {
    case writable
    case readOnly
    /// It refuses statements, or replies with what is out of date; with its reason.
    case notReady(String)
  }

  package enum Cluster: Sendable, Hashable {
    case galera
    /// MySQL's group replication.
    case group
  }

  /// In a word or a few.
  package var text: String {
    switch access {
    case .writable: "accepts writes"
    case .readOnly: "is read-only"
    case .notReady(let reason): "is not ready (\(reason))"
    }
  }
}

extension ServerRole {
  /// The role of a server with these settings. MariaDB 12 has words for `read_only`.
  init(readOnly: [String?], group: String?) {
    let isReadOnly = readOnly.contains { !["0", "OFF"].contains($0 ?? "0") }
    switch group {
    // Of a server that has left its group, the data grows old.
    case nil,
      "OFFLINE" where !isReadOnly:
      self.init(isReadOnly ? .readOnly : .writable)
    case "ONLINE": self.init(isReadOnly ? .readOnly : .writable, in: .group)
    case let state?: self.init(.notReady("group replication: \(state)"), in: .group)
    }
  }

  /// The role of a Galera node.
  init(readOnly: [String?], isReady: Bool, state: String) {
    self.init(readOnly: readOnly, group: nil)
    cluster = .galera
    if !isReady { access = .notReady("Galera: \(state)") }
  }
}

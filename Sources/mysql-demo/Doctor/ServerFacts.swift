import MySQL

/// What a server says about itself, as far as several servers have to fit together.
struct ServerFacts: Equatable, Sendable {
  var isMariaDB = false
  /// The numbers of its version, such as `11.8.3`.
  var version = ""
  /// Tells it from other servers; empty if it does not say.
  var identity = ""
  var serverID: UInt32?
  var role = ServerRole(.writable)
  /// The servers that it replicates from.
  var sources: [ReplicationSource] = []
  /// The rights that this account lacks to see that.
  var missingRights: [String] = []
  /// Whether it may be a replica without saying so: replicas that share the primary's storage do not replicate.
  var isReadOnlyByStorage = false
  /// Whether its writes have GTIDs, which reading one's own writes from replicas needs.
  var hasGTIDs = true
  var semiSync = SemiSync()
  var cluster: ClusterFacts?

  struct SemiSync: Equatable, Sendable {
    var isOnAsSource = false
    var isOnAsReplica = false
    /// How many replicas confirm commits.
    var confirming = 0
  }

  /// The part of the version that says whether features differ.
  var major: Substring { version.prefix { $0 != "." } }

  var product: String { isMariaDB ? "MariaDB" : "MySQL" }

  var isReady: Bool {
    if case .notReady = role.access { false } else { true }
  }

  /// Whether it is a working member of a cluster, or may be one, for all that this account is allowed to see.
  var isClustered: Bool { role.cluster != nil || cluster.map { $0.state == nil } ?? false }
}

/// What a server says about the cluster or group that it belongs to.
struct ClusterFacts: Equatable, Sendable {
  var kind: ServerRole.Cluster
  var name = ""
  /// `Synced` or `ONLINE` if all is well; nil if this account may not see it.
  var state: String?
  /// `PRIMARY` or `SECONDARY`, in a group.
  var role: String?
  /// How many members there are, and how many of them it does not reach.
  var size: Int?
  var unreachable = 0
  /// How many transactions of other members wait to be carried out.
  var queue: Int?
  /// Whether it belongs to the majority.
  var hasMajority = true

  /// Whether it gets what others commit.
  var receives: Bool { hasMajority && !["OFFLINE", "ERROR"].contains(state) }
}

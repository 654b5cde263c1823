extension MySQLConfiguration {
  /// Which of several servers calls go to.
  ///
  /// What a server is, it says itself when it is connected to (`read_only`, `super_read_only`, `innodb_read_only`, the
  /// state of a member of a group, `wsrep_ready`), and is asked again after an error that may mean a change. Nothing is
  /// guessed from names.
  ///
  /// Of several servers that accept writes, as in a Galera cluster, one at a time counts as the primary, so that writes do
  /// not collide: the first of `endpoints` that works, for as long as it works. The others count as replicas.
  public enum Target: Sendable, Hashable {
    /// Any server: none is asked what it is.
    case any
    /// The primary, for everything.
    case primary
    /// Replicas, for everything, so that nothing can be written.
    case replica
    /// The primary, except that `MySQLClient.read` and read-only transactions use replicas while there are any. A single
    /// connection goes to a replica if there is one.
    case preferReplica

    /// As URLs spell it.
    package var name: String {
      switch self {
      case .any: "any"
      case .primary: "primary"
      case .replica: "replica"
      case .preferReplica: "prefer-replica"
      }
    }
  }

  /// How a client chooses among servers that serve equally well.
  public enum LoadBalance: Sendable, Hashable {
    /// The one with the fewest connections in use; of several, the first in the settings.
    case leastLeased
    /// One after the other.
    case roundRobin
    /// Any.
    case random
  }

  /// Whether a client looks at its servers one by one, each with a pool of its own.
  var distinguishesServers: Bool { endpoints.count > 1 || target != .any }

  /// The weight of one of the endpoints, by its number.
  package func weight(ofEndpoint number: Int) -> Int { number < weights.count ? weights[number] : 1 }
}

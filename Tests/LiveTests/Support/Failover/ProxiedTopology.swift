#if os(Linux)
  import MySQL
  import MySQLTesting
  import Testing

  /// Servers of a topology, each of which clients reach through a proxy of its own. The servers reach each other without
  /// one.
  struct ProxiedTopology: Sendable {
    let topology: OwnTopology
    private let proxies: [FaultProxy]

    init(_ topology: OwnTopology) throws {
      self.topology = topology
      proxies = try topology.members.map { try FaultProxy(to: .tcp("127.0.0.1", port: $0.port)) }
    }

    var members: [OwnServer] { topology.members }

    var settings: MySQLConfiguration { OwnTopology.settings(ports: proxies.map(\.port)) }

    /// Lets nothing through to a member, or from it, without a word to anybody.
    func cutOff(_ member: Int) {
      proxies[member].setPlan(FaultPlan(.blackHole, at: .offset(0), from: .client))
      proxies[member].blackHoleAll()
    }

    /// Lets new connections through again.
    func connect(_ member: Int) { proxies[member].setPlan(FaultPlan()) }

    func stop() {
      for proxy in proxies { proxy.stop() }
    }
  }
#endif

#if os(Linux)
  import MySQL
  import Testing

  /// What happens to the server that is written to.
  enum ServerFault: Sendable {
    /// Its process is stopped, so that it holds its connections and says nothing.
    case silence
    /// It refuses to write, because somebody is about to make another server the primary.
    case readOnly
    /// Clients no longer reach it, while the other servers do.
    case partition
    /// It leaves its cluster, so that the other servers no longer reach it, while clients do.
    case departure
    /// Its process is killed.
    case crash

    static func all(of kind: OwnTopology.Kind) -> [ServerFault] {
      if case .replication = kind { return [.silence, .readOnly, .partition, .crash] }
      return [.silence, .readOnly, .partition, .departure, .crash]
    }

    func strike(_ member: Int, of servers: ProxiedTopology) async throws {
      let server = servers.members[member]
      switch self {
      case .crash: try await server.kill()
      case .silence: try server.freeze()
      case .readOnly: try await server.setReadOnly(true)
      case .partition: servers.cutOff(member)
      case .departure: try await server.setMembership(false)
      }
    }

    /// Undoes the fault, and returns when the server is what it was before, or a replica of another one.
    func heal(_ member: Int, of servers: ProxiedTopology) async throws {
      let server = servers.members[member]
      switch self {
      case .crash: try await server.startAgain()
      case .silence: try server.thaw()
      case .readOnly: if servers.topology.kind == .galera { try await server.setReadOnly(false) }
      case .partition: servers.connect(member)
      case .departure: try await server.setMembership(true)
      }
      try await servers.topology.bringBack(member, isFormerPrimary: self == .crash || self == .silence)
    }
  }

  extension OwnServer {
    /// Lets a node of Galera reach the others or not, or lets a member of a group join or leave it.
    func setMembership(_ isMember: Bool) async throws {
      let isolation = "SET GLOBAL wsrep_provider_options = 'gmcast.isolate=\(isMember ? 0 : 1)'"
      let joining = "START GROUP_REPLICATION USER = 'replication', PASSWORD = 'replication'"
      let statement = kind == .mariadb ? isolation : isMember ? joining : "STOP GROUP_REPLICATION"
      try await withAdministrator { _ = try await $0.execute("\(unsafe: statement)") }
    }

    func setReadOnly(_ isReadOnly: Bool) async throws {
      let variable = kind == .mysql ? "super_read_only" : "read_only"
      try await withAdministrator {
        _ = try await $0.execute("SET GLOBAL \(unsafe: variable) = \(unsafe: isReadOnly ? "1" : "0")")
      }
    }
  }
#endif

import MySQL

/// The servers that the settings name, by what they say about themselves.
struct Topology: Sendable {
  var servers: [Server]
  var target: MySQLConfiguration.Target = .any
  var readsOwnWrites = true

  struct Server: Sendable {
    var endpoint: String
    /// Which of the addresses of its name this is; nil for the only one.
    var address: String?
    var weight = 1
    var reply: Reply

    var place: String { endpoint + (address.map { " (\($0))" } ?? "") }
  }

  enum Reply: Sendable, Equatable {
    case facts(ServerFacts)
    case failed(String)
    /// An earlier address leads to the same server.
    case same(as: String)
  }

  /// A server that has replied, once.
  struct Member: Sendable {
    var place: String
    var weight: Int
    var facts: ServerFacts
  }

  var members: [Member] {
    servers.compactMap { server in
      guard case .facts(let facts) = server.reply else { return nil }
      return Member(place: server.place, weight: server.weight, facts: facts)
    }
  }

  var writableMembers: [Member] { members.filter { $0.facts.role.access == .writable } }

  /// The server that accepts writes and replicates from no other, outside clusters.
  var primary: Member? {
    writableMembers.first { !$0.facts.isClustered && $0.facts.sources.isEmpty }
  }

  /// Returns the named server that a replica replicates from.
  func member(for source: ReplicationSource) -> Member? {
    let sameID = members.filter { source.serverID != nil && $0.facts.serverID == source.serverID }
    if sameID.count == 1 { return sameID[0] }
    return members.first { $0.place == source.place }
  }

  /// Returns how a replica's source is called here.
  func name(of source: ReplicationSource) -> String { member(for: source)?.place ?? source.place }

  /// Replaces what a server says by a reference where an earlier address leads to the same server.
  mutating func joinSameServers() {
    var places: [String: String] = [:]
    for index in servers.indices {
      guard case .facts(let facts) = servers[index].reply, !facts.identity.isEmpty else { continue }
      if let first = places[facts.identity] {
        servers[index].reply = .same(as: first)
      } else {
        places[facts.identity] = servers[index].place
      }
    }
  }
}

extension Topology {
  /// Where a client with these settings writes. It is nowhere if this is empty, and any of them if there are several.
  var writeTargets: [String] {
    switch target {
    case .any: members.map(\.place)
    case .primary, .preferReplica: writer.map { [$0.place] } ?? []
    case .replica: []
    }
  }

  /// Where it reads.
  var readTargets: [String] {
    switch target {
    case .any: return members.map(\.place)
    case .primary: return writeTargets
    case .replica: return replicas.map(\.place)
    case .preferReplica:
      let replicas = replicas
      return replicas.isEmpty ? writeTargets : replicas.map(\.place)
    }
  }

  /// The first in the settings that accepts writes.
  private var writer: Member? {
    writableMembers.first { $0.weight > 0 } ?? writableMembers.first
  }

  /// Where reads go that may: other members that accept writes count only in a cluster.
  private var replicas: [Member] {
    let writer = writer?.place
    let all = members.filter { member in
      guard member.place != writer else { return false }
      return member.facts.role.access == .readOnly
        || member.facts.role.cluster != nil && member.facts.role.access == .writable
    }
    let weighted = all.filter { $0.weight > 0 }
    return weighted.isEmpty ? all : weighted
  }
}

import Synchronization

/// What a client knows about one of several servers.
public struct MySQLServerStatus: Sendable, Hashable {
  /// Where it listens, as a person would write it.
  public let endpoint: String
  /// What it was when it was asked last; nil if it has not replied, or if `target` is `any`.
  public let role: Role?
  /// Why it is not used, if that is so.
  public let failure: String?
  /// How many connections to it are open.
  public let open: Int
  /// How many of them are in use.
  public let leased: Int

  /// What a server is.
  public enum Role: Sendable, Hashable {
    /// Writes go there.
    case primary
    /// Reads may go there.
    case replica
    /// It accepts writes, but another server is the primary. Nothing goes there.
    case rival
    /// It is not ready for statements.
    case notReady
  }
}

extension Servers {
  /// What is known of each server, in the order of the settings. An endpoint of several addresses has an entry for each.
  var serverStatus: [MySQLServerStatus] {
    state.withLock { state in
      configuration.endpoints.indices.flatMap { number -> [MySQLServerStatus] in
        let failure = state.failures[number]?.description
        let place = configuration.endpoints[number].text
        let members = state.choice.members.filter { $0.value.endpoint == number }.sorted { $0.key < $1.key }
        if members.isEmpty {
          return [MySQLServerStatus(endpoint: place, role: nil, failure: failure, open: 0, leased: 0)]
        }
        return members.map { id, member in
          let pool = state.pools[id]?.status
          let address = member.address.map { " (\($0.text))" } ?? ""
          return MySQLServerStatus(
            endpoint: place + address,
            role: asksRoles ? role(of: member, isWriter: state.choice.writer == id) : nil,
            failure: member.role == nil ? failure : nil, open: pool?.open ?? 0, leased: pool?.leased ?? 0)
        }
      }
    }
  }

  private func role(of member: Choice.Member, isWriter: Bool) -> MySQLServerStatus.Role? {
    guard let role = member.role else { return nil }
    return switch role.access {
    case .writable: isWriter ? .primary : role.cluster != nil ? .replica : .rival
    case .readOnly: .replica
    case .notReady: .notReady
    }
  }

  /// All pools together.
  var status: MySQLPoolStatus {
    let all = state.withLock { Array($0.pools.values) }.map(\.status)
    func sum(_ count: (MySQLPoolStatus) -> Int) -> Int { all.map(count).reduce(0, +) }
    return MySQLPoolStatus(
      idle: sum(\.idle), leased: sum(\.leased), opening: sum(\.opening), waiting: sum(\.waiting),
      leases: all.flatMap(\.leases).sorted { $0.duration > $1.duration })
  }
}

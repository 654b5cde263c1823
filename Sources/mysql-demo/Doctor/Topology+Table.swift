import MySQL
import MySQLTesting

extension Topology {
  /// A line for each server.
  var table: String {
    let rows =
      [["server", "version", "what it is", "lag"]]
      + servers.map { cells(of: $0).map { VisibleText.of($0) } }
    let widths = rows[0].indices.map { column in rows.map { TerminalWidth.of($0[column]) }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for column in row.indices where !row[column...].allSatisfy(\.isEmpty) {
        let isLast = row[(column + 1)...].allSatisfy(\.isEmpty)
        let padding = isLast ? 0 : widths[column] - TerminalWidth.of(row[column]) + 2
        line += row[column] + String(repeating: " ", count: padding)
      }
      return line + "\n"
    }.joined()
  }

  private func cells(of server: Server) -> [String] {
    switch server.reply {
    case .failed: [server.place, "?", "cannot be used", "?"]
    case .same(let place): [server.place, "", "the same server as \(place)", ""]
    case .facts(let facts):
      [server.place, "\(facts.product) \(facts.version)", role(of: facts, at: server.place), lag(of: facts)]
    }
  }

  private func role(of facts: ServerFacts, at place: String) -> String {
    let sources = facts.sources.map { name(of: $0) }.joined(separator: ", ")
    let suffix = sources.isEmpty ? "" : ", replica of \(sources)"
    if let cluster = facts.cluster, cluster.state != nil || facts.isClustered {
      return description(of: cluster) + suffix
    }
    switch facts.role.access {
    case .writable:
      if !sources.isEmpty { return "replica of \(sources), accepts writes too" }
      return place == primary?.place ? "primary" : "accepts writes too"
    case .readOnly:
      if !sources.isEmpty { return "replica of \(sources)" }
      return facts.missingRights.isEmpty ? "read-only" : "read-only, may be a replica"
    case .notReady: return facts.role.text + suffix
    }
  }

  private func description(of cluster: ClusterFacts) -> String {
    let state = cluster.state ?? "state unknown"
    let size = cluster.size.map { $0 == 1 ? ", 1 member" : ", \($0) members" } ?? ""
    switch cluster.kind {
    case .galera: return "Galera node, \(state)\(cluster.hasMajority ? "" : ", no majority")\(size)"
    case .group:
      let role = cluster.role.map { $0.isEmpty ? "" : ", \($0)" } ?? ""
      return "group member\(role), \(state)\(size)"
    }
  }

  private func lag(of facts: ServerFacts) -> String {
    if let cluster = facts.cluster, facts.isClustered || cluster.state != nil {
      guard let queue = cluster.queue, cluster.receives else { return "unknown" }
      return queue == 0 ? "none" : "\(queue) queued"
    }
    if facts.sources.isEmpty {
      return facts.role.access == .writable
        ? "" : facts.missingRights.first.map { "needs \($0)" } ?? "no source"
    }
    let known = facts.sources.compactMap(\.lag)
    return known.count == facts.sources.count ? known.max().map { "\($0) s" } ?? "unknown" : "unknown"
  }
}

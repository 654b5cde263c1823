import Foundation

/// What is measured against a server, and by whom.
enum Workload: String, CaseIterable {
  /// Small queries, one after the other.
  case textQueries = "W1"
  /// Many rows by text protocol.
  case textRows = "W2"
  case textRowsOverTLS = "W2-tls"
  /// Many rows of a prepared statement.
  case preparedRows = "W3"
  /// A row by its key, one after the other.
  case preparedQueries = "W4"
  /// Rows inserted in a transaction.
  case inserts = "W8a"

  var needsTable: Bool { self != .textQueries && self != .inserts }

  /// Whom the others are compared with.
  var yardstick: String { self == .textRowsOverTLS ? "ours-plain" : "c" }

  func peers(_ libmariadb: URL?) throws -> [Peer] {
    var peers = try [Peer.ours(rawValue, argument: argument)]
    switch self {
    case .textQueries, .preparedQueries:
      peers.append(try .ours(rawValue + "-executor", named: "ours-executor", argument: argument))
    case .textRowsOverTLS:
      return peers + [try .ours(Self.textRows.rawValue, named: "ours-plain", argument: argument)]
    case .inserts: peers.append(try .ours(rawValue + "-batch", named: "ours-batch", argument: argument))
    case .textRows, .preparedRows: break
    }
    if let libmariadb { peers.append(.libmariadb(libmariadb, rawValue, argument: argument)) }
    return peers
  }

  private var argument: String {
    switch self {
    case .textQueries, .preparedQueries: "20000"
    case .textRows, .textRowsOverTLS, .preparedRows: SampleTable.query
    case .inserts: "100000"
    }
  }
}

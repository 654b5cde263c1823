import Foundation
import MySQL

/// How a workload is run: words after its count.
struct LiveOptions {
  static let words = Word.allCases.map(\.rawValue).joined(separator: "|")

  private enum Word: String, CaseIterable {
    /// Tasks prefer the event loop's thread.
    case executor
    case tls
    /// With two event loops.
    case twoLoops = "two-loops"
    /// With a deadline for every query.
    case timeout = "query-timeout"
    case observer
    /// Over a client with a pool instead of a connection.
    case client
    /// A batch sends executions before the responses to earlier ones have arrived.
    case pipelining
    /// Beside 2,000 connections that are open and do nothing.
    case idle
  }
  private let chosen: Set<Word>

  init(_ words: ArraySlice<String>) throws {
    chosen = try Set(
      words.map { word in
        guard let option = Word(rawValue: word) else {
          throw BenchmarkError("there is no option \(word): \(Self.words)")
        }
        return option
      })
  }

  /// Whether a client with a pool is measured.
  var usesClient: Bool { chosen.contains(.client) }

  var hasIdleConnections: Bool { chosen.contains(.idle) }

  var prefersLoops: Bool { chosen.contains(.executor) }

  /// The task executor to prefer; nil for an ordinary task.
  var executor: (any TaskExecutor)? { prefersLoops ? MySQLConnection.executor : nil }

  var observer: (any MySQLObserver)? { chosen.contains(.observer) ? RowCounter() : nil }

  func configuration() throws -> MySQLConfiguration {
    var settings = try BenchmarkServer.configuration()
    // As with the peers, no TLS unless asked for.
    settings.tls = MySQLTLS(mode: chosen.contains(.tls) ? .required : .disabled)
    if chosen.contains(.twoLoops) { settings.eventLoops = 2 }
    if chosen.contains(.timeout) { settings.queryTimeout = .seconds(30) }
    if chosen.contains(.pipelining) { settings.pipelining = true }
    return settings
  }
}

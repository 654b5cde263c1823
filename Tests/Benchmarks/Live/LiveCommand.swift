import Foundation
import MySQL

/// One workload, run once: `live WORKLOAD COUNT [OPTION…]`, against the server that the environment names. The peers in
/// `peers` take the same words. `Docs/Benchmarks.md` lists the workloads.
struct LiveCommand {
  private let workload: String
  private let count: Int
  private let options: LiveOptions

  init(_ words: ArraySlice<String>) throws {
    guard let workload = words.first, let count = words.dropFirst().first.flatMap(Int.init), count > 0 else {
      throw BenchmarkError("live takes a workload and a count")
    }
    (self.workload, self.count) = (workload, count)
    options = try LiveOptions(words.dropFirst(2))
  }

  func run() async throws {
    let settings = try options.configuration()
    let idle = options.hasIdleConnections ? try await IdleConnections(settings) : nil
    // W7 opens its connections in an ordinary task, so that they are spread over all loops.
    let executor = workload == "W7" ? nil : options.executor
    // The program starts on the main actor, where every response costs one more thread switch.
    let measurement = try await Task.detached(executorPreference: executor) {
      switch workload {
      case "W6": try await Logins(settings: settings).run(count)
      case "W7":
        try await BusyConnections(settings: settings, prefersLoops: options.prefersLoops).run(count)
      case "W7p": try await BusyConnections(settings: settings).runPooled(count)
      case "W1" where options.usesClient:
        try await pooled(settings) { try await Queries(db: $0).selectOne(count) }
      case "W4" where options.usesClient:
        try await pooled(settings) { try await Queries(db: $0).selectByKey(count) }
      default:
        try await MySQLConnection.with(settings, observer: options.observer) { try await measure($0) }
      }
    }.value
    try await idle?.close()
    measurement.print()
  }

  private func pooled(
    _ settings: MySQLConfiguration, _ body: (MySQLClient) async throws -> Measurement
  ) async throws -> Measurement {
    let client = try MySQLClient(settings, observer: options.observer)
    let measurement = try await body(client)
    await client.shutdown()
    return measurement
  }

  private func measure(_ connection: MySQLConnection) async throws -> Measurement {
    switch workload {
    case "W1": try await Queries(db: connection).selectOne(count)
    case "W2": try await Rows(connection: connection).stream(Rows.text(count))
    case "W2c": try await Rows(connection: connection).collect(Rows.text(count))
    case "W3": try await Rows(connection: connection).stream(Rows.prepared(count))
    case "W3c": try await Rows(connection: connection).collect(Rows.prepared(count))
    case "W4": try await Queries(db: connection).selectByKey(count)
    case "W5": try await Cells(connection: connection).read(.large, count)
    case "W5m": try await Cells(connection: connection).read(.medium, count)
    case "W8a": try await Inserts(connection: connection).oneByOne(count)
    case "W8b": try await Inserts(connection: connection).thousands(count)
    case "W8c": try await Inserts(connection: connection).batch(count)
    default: throw BenchmarkError("there is no workload \(workload)")
    }
  }
}

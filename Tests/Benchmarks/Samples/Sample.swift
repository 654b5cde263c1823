import Foundation
import MySQL

/// One workload, run once: `sample W1 COUNT`, `sample W1-executor COUNT`, `sample W2 SQL` or `sample W2-tls SQL`,
/// against the server that the environment names. It mirrors `peers/libmariadb.c`.
struct Sample {
  private let workload: String
  private let argument: String

  init(_ words: ArraySlice<String>) throws {
    guard words.count == 2, let workload = words.first, let argument = words.last else {
      throw BenchmarkError("sample takes a workload and its argument")
    }
    (self.workload, self.argument) = (workload, argument)
  }

  func run() async throws {
    let configuration = try BenchmarkServer.configuration(
      of: ProcessInfo.processInfo.environment, tls: workload == "W2-tls" ? .required : .disabled)
    let (workload, argument) = (workload, argument)
    // The program begins on the main actor, where every answer costs one more change of threads.
    try await Task.detached {
      try await MySQLConnection.with(configuration) { connection in
        switch workload {
        case "W1": try await Self.querySequentially(connection, Int(argument) ?? 0)
        case "W1-executor":
          try await withTaskExecutorPreference(MySQLConnection.executor) {
            try await Self.querySequentially(connection, Int(argument) ?? 0)
          }
        case "W2", "W2-tls": try await Self.streamRows(connection, argument)
        default: throw BenchmarkError("there is no workload \(workload)")
        }
      }
    }.value
  }

  /// W1: a small query after another.
  private static func querySequentially(_ connection: MySQLConnection, _ count: Int) async throws {
    var times: [Double] = []
    times.reserveCapacity(count)
    let meter = Meter()
    var last = Meter.now()
    var sum = 0
    for _ in 0..<count {
      for try await one in try await connection.query("SELECT 1").decode(Int.self) { sum += one }
      let now = Meter.now()
      times.append(now - last)
      last = now
    }
    meter.print(count: count, latencies: times, checksum: "\(sum)")
  }

  /// W2: many rows, streamed and decoded.
  private static func streamRows(_ connection: MySQLConnection, _ sql: String) async throws {
    let meter = Meter()
    var count = 0
    var sum: UInt64 = 0
    let rows = try await connection.query(MySQLQuery(unsafe: sql))
    for try await (id, n, s, d, t, m) in rows.decode(
      (Int64, Int, String, Double, MySQLDateTime, MySQLDecimal).self)
    {
      let secondOfDay = t.hour * 3600 + t.minute * 60 + t.second
      sum &+= UInt64(bitPattern: id) &+ UInt64(n) &+ UInt64(s.utf8.count) &+ d.bitPattern
      sum &+= UInt64(secondOfDay) &+ (m.isNegative ? 1 : 0)
      count += 1
    }
    let hexadecimal = String(sum, radix: 16)
    meter.print(
      count: count, checksum: String(repeating: "0", count: 16 - hexadecimal.count) + hexadecimal)
  }
}

import Foundation
import MySQL

/// One workload, run once: `sample WORKLOAD ARGUMENT`, against the server that the environment names. The
/// argument is a count, or the query of W2 and W3. With `-executor` behind the workload's name it runs on the
/// event loop, with `-tls` over TLS, and with `-batch` as one batch. It mirrors `peers/libmariadb.c`.
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
    var parts = workload.split(separator: "-").map(String.init)
    let name = parts.removeFirst()
    let configuration = try BenchmarkServer.configuration(
      of: ProcessInfo.processInfo.environment, tls: parts.contains("tls") ? .required : .disabled)
    let (argument, isBatch) = (argument, parts.contains("batch"))
    let executor = parts.contains("executor") ? MySQLConnection.executor : nil
    // The program begins on the main actor, where every answer costs one more change of threads.
    try await Task.detached(executorPreference: executor) {
      try await MySQLConnection.with(configuration) { connection in
        let (text, prepared) = (TextSamples(connection: connection), PreparedSamples(connection: connection))
        let count = Int(argument) ?? 0
        switch name {
        case "W1": try await text.querySequentially(count)
        case "W2": try await text.streamRows(argument)
        case "W3": try await prepared.streamRows(argument)
        case "W4": try await prepared.selectSequentially(count)
        case "W8a" where isBatch: try await prepared.insertBatch(count)
        case "W8a": try await prepared.insertSequentially(count)
        default: throw BenchmarkError("there is no workload \(name)")
        }
      }
    }.value
  }
}

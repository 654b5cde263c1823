import Foundation
import MySQL
import Synchronization
import Testing

/// A block of the documentation while it runs: with connections of its own, and the shop as it was in the beginning.
struct Example: Sendable {
  var connection: MySQLConnection
  var client: MySQLClient
  var rows: MySQLRows
  var row: MySQLRow
  var file: URL

  @TaskLocal private static var running: Example?
  static var current: Example {
    guard let running else { preconditionFailure("Example.run does not run this example") }
    return running
  }

  private static let lastID = Atomic(1000)
  static func nextID() -> Int { lastID.add(1, ordering: .relaxed).newValue }

  /// The lines that it has printed so far.
  static var printed: [String] { lines.withLock { $0 } }

  static func run(prints expected: [String] = [], _ block: () async throws -> Void) async throws {
    try await Shop.refill()
    settings = try MySQLConfiguration(url: "mysql://app:\(Shop.password)@db.internal/shop?local-infile=true")
    let file = URL(fileURLWithPath: "log")
    try Data("2026-01-02\topened\n".utf8).write(to: file)
    let client = try MySQLClient(settings)
    let (connection, reader) = try await (
      MySQLConnection.connect(settings), MySQLConnection.connect(settings)
    )
    let row = try await reader.query("SELECT 1, 'Ada', 36, TIMESTAMP('2026-01-02 03:04:05')").collect()[0]
    let rows = try await reader.query("SELECT id, placed FROM orders")
    lines.withLock { $0 = [] }
    try await $running.withValue(
      Example(connection: connection, client: client, rows: rows, row: row, file: file)
    ) {
      try await block()
    }
    for line in expected { #expect(printed.contains(line), "the block printed \(printed)") }
    await client.shutdown()
    await connection.close()
    await reader.close()
    // Whatever the block did with the settings, they are good.
    try await MySQLConnection.with(settings) { try await $0.ping() }
  }
}

private let lines = Mutex<[String]>([])

/// Hides the one of Swift, which it does if all parameters are the same.
func print(_ items: Any..., separator: String = " ", terminator: String = "\n") {
  let line = items.map { "\($0)" }.joined(separator: separator)
  lines.withLock { $0.append(line) }
  Swift.print(line, terminator: terminator)
}

import Foundation
import MySQL

// example-servers URL SECONDS: four tills take orders for some seconds, and read each back from a replica. The URL names
// all servers, as in mysql://app@db1,db2,db3/shop?target=prefer-replica. Whatever becomes of a server meanwhile, each
// order that was confirmed is there at the end.

struct Till {
  let db: MySQLClient
  let number: Int
  private(set) var taken: [UInt64] = []
  private(set) var stale = 0
  private(set) var failures = 0

  init(_ db: MySQLClient, number: Int) {
    self.db = db
    self.number = number
  }

  mutating func run(until end: ContinuousClock.Instant) async {
    while end > .now {
      do throws(MySQLError) {
        let id = try await takeOrder()
        taken.append(id)
        if try await !isThere(id) { stale += 1 }
      } catch {
        failures += 1
        note("till \(number): \(error)")
        // Whether this order was taken is unknown, unless error.isRetryable. A till would ask.
        try? await Task.sleep(for: .milliseconds(100))
      }
    }
  }

  private func takeOrder() async throws(MySQLError) -> UInt64 {
    try await db.execute("INSERT INTO orders_of_tills (till) VALUES (\(number))", timeout: .seconds(5))
      .lastInsertID
  }

  /// Reads from a replica, which is waited for until it has the order.
  private func isThere(_ id: UInt64) async throws(MySQLError) -> Bool {
    do {
      return try await db.read { server in
        let query: MySQLQuery = "SELECT COUNT(*) FROM orders_of_tills WHERE id = \(id)"
        return try await server.query(query, timeout: .seconds(5)).collect()[0].decode(Int.self) == 1
      }
    } catch {
      throw error as? MySQLError ?? MySQLError(.misuse, "\(error)")
    }
  }
}

func note(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

/// Prints what the servers are, each time that changes.
func watch(_ db: MySQLClient) async {
  var last: [String] = []
  while !Task.isCancelled {
    let now = db.serverStatus.map { "\($0.endpoint) \($0.role.map { "\($0)" } ?? "unknown")" }
    if now != last { print(now.joined(separator: ", ")) }
    last = now
    try? await Task.sleep(for: .milliseconds(50))
  }
}

func run(_ db: MySQLClient, for time: Duration) async throws -> Bool {
  try await db.execute(
    "CREATE TABLE IF NOT EXISTS orders_of_tills (id BIGINT AUTO_INCREMENT PRIMARY KEY, till INT NOT NULL)")
  let watcher = Task { await watch(db) }
  let end = ContinuousClock.now + time
  let tills = await withTaskGroup(of: Till.self) { group in
    for number in 1...4 {
      group.addTask {
        var till = Till(db, number: number)
        await till.run(until: end)
        return till
      }
    }
    return await group.reduce(into: []) { $0.append($1) }
  }
  watcher.cancel()
  await watcher.value
  let confirmed = Set(tills.flatMap(\.taken))
  // A read of the primary, like each statement of the client itself.
  let stored = try await db.query("SELECT id FROM orders_of_tills").collect().map {
    try $0.decode(UInt64.self)
  }
  let (stale, failures) = (tills.map(\.stale).reduce(0, +), tills.map(\.failures).reduce(0, +))
  let lost = confirmed.subtracting(stored).count
  print("\(confirmed.count) orders, \(lost) lost, \(stale) read too early, \(failures) calls failed")
  return lost == 0 && stale == 0
}

guard CommandLine.arguments.count == 3, let seconds = Int(CommandLine.arguments[2]) else {
  print("usage: example-servers URL SECONDS")
  exit(2)
}
do {
  let db = try MySQLClient(url: CommandLine.arguments[1])
  let isGood = try await run(db, for: .seconds(seconds))
  await db.shutdown()
  exit(isGood ? 0 : 1)
} catch {
  note("example-servers: \(error)")
  exit(1)
}

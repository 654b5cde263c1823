import MySQL

/// W7: connections that are busy at once, each with its own task that selects rows by their keys.
struct BusyConnections {
  let settings: MySQLConfiguration
  /// Whether each task prefers its connection's event loop.
  var prefersLoops = false

  private static let connections = 16
  /// The number of tasks that share a pool of `connections` connections.
  private static let tasks = 64

  func run(_ count: Int) async throws -> Measurement {
    var connections: [MySQLConnection] = []
    for _ in 0..<Self.connections { connections.append(try await .connect(settings)) }
    let share = max(count / Self.connections, 1)
    let meter = Meter()
    let checksum = try await withThrowingTaskGroup(of: RowChecksum.self) { group in
      for (number, connection) in connections.enumerated() {
        group.addTask(executorPreference: prefersLoops ? connection.executor : nil) {
          var checksum = RowChecksum()
          let keys = number * share + 1...(number + 1) * share
          try await Queries.select(keys, on: connection, &checksum)
          return checksum
        }
      }
      return try await group.reduce(into: RowChecksum()) { $0 += $1 }
    }
    let measurement = meter.stop(count: checksum.count, checksum: checksum.text)
    for connection in connections { await connection.close() }
    return measurement
  }

  /// W7p: the same over a client, with four times as many tasks as connections.
  func runPooled(_ count: Int) async throws -> Measurement {
    var settings = settings
    settings.maxConnections = Self.connections
    let client = try MySQLClient(settings)
    let share = max(count / Self.tasks, 1)
    let meter = Meter()
    let checksum = try await withThrowingTaskGroup(of: RowChecksum.self) { group in
      for number in 0..<Self.tasks {
        group.addTask {
          var checksum = RowChecksum()
          try await Queries.select(number * share + 1...(number + 1) * share, on: client, &checksum)
          return checksum
        }
      }
      return try await group.reduce(into: RowChecksum()) { $0 += $1 }
    }
    let measurement = meter.stop(count: checksum.count, checksum: checksum.text)
    await client.shutdown()
    return measurement
  }
}

import MySQL

/// Connections that are open and do nothing while another one works.
struct IdleConnections {
  private static let count = 2_000

  private let settings: MySQLConfiguration
  private let administrator: MySQLConnection
  private let connections: [MySQLConnection]
  /// The server's own limit, which is raised for as long as they are open.
  private let formerLimit: Int

  init(_ settings: MySQLConfiguration) async throws {
    self.settings = settings
    administrator = try await .connect(settings)
    formerLimit = try await administrator.query("SELECT @@max_connections").collect()[0].decode(Int.self)
    try await Self.setLimit(max(formerLimit, Self.count + 100), administrator)
    var connections: [MySQLConnection] = []
    for _ in 0..<Self.count { connections.append(try await .connect(settings)) }
    self.connections = connections
  }

  func close() async throws {
    for connection in connections { await connection.close() }
    try await Self.setLimit(formerLimit, administrator)
    await administrator.close()
    // The server notices later that they have ended. Until then it refuses others, and MySQL shows only some of them.
    for _ in 0..<1_000 {
      if let another = try? await MySQLConnection.connect(settings) { return await another.close() }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw BenchmarkError("the server still refuses clients after idle connections were closed")
  }

  private static func setLimit(_ limit: Int, _ administrator: MySQLConnection) async throws {
    try await administrator.execute("SET GLOBAL max_connections = \(unsafe: "\(limit)")")
  }
}

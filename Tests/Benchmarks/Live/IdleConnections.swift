import MySQL

/// Connections that are open and do nothing while another one works.
struct IdleConnections {
  private static let count = 2_000

  private let settings: MySQLConfiguration
  private let connections: [MySQLConnection]
  /// The server's own limit, which is raised for as long as they are open.
  private let formerLimit: Int

  init(_ settings: MySQLConfiguration) async throws {
    self.settings = settings
    formerLimit = try await MySQLConnection.with(settings) {
      try await $0.query("SELECT @@max_connections").collect()[0].decode(Int.self)
    }
    try await Self.setLimit(max(formerLimit, Self.count + 100), settings)
    var connections: [MySQLConnection] = []
    for _ in 0..<Self.count { connections.append(try await .connect(settings)) }
    self.connections = connections
  }

  func close() async throws {
    for connection in connections { await connection.close() }
    try await Self.setLimit(formerLimit, settings)
  }

  private static func setLimit(_ limit: Int, _ settings: MySQLConfiguration) async throws {
    _ = try await MySQLConnection.with(settings) {
      try await $0.execute("SET GLOBAL max_connections = \(unsafe: "\(limit)")")
    }
  }
}

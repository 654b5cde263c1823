import MySQL
import MySQLTesting
import Testing

/// What runs transactions: a connection, or a client that has only one.
enum TransactionRunner: Sendable {
  case connection(MySQLConnection)
  case client(MySQLClient)

  enum Kind: String, CaseIterable, CustomTestStringConvertible {
    case connection, pool

    var testDescription: String { rawValue }

    func open(
      _ server: ScriptedServer, _ change: (inout MySQLConfiguration) -> Void = { _ in }
    ) async throws -> TransactionRunner {
      var settings = try server.settings(change)
      settings.maxConnections = 1
      return switch self {
      case .connection: .connection(try await MySQLConnection.connect(settings))
      case .pool: .client(try MySQLClient(settings))
      }
    }
  }

  func transact(
    isolation: MySQLTransaction.Isolation? = nil, retries: Int = 0,
    _ body: @escaping @Sendable (MySQLTransaction) async throws -> Void
  ) async throws {
    switch self {
    case .connection(let connection):
      try await connection.withTransaction(isolation: isolation, retries: retries) { try await body($0) }
    case .client(let client):
      try await client.withTransaction(isolation: isolation, retries: retries) { try await body($0) }
    }
  }

  /// Runs a statement outside of a transaction, with time enough for what the library has to do before.
  func execute(_ query: MySQLQuery) async throws(MySQLError) {
    switch self {
    case .connection(let connection): try await connection.execute(query, timeout: .seconds(10))
    case .client(let client): try await client.execute(query, timeout: .seconds(10))
    }
  }

  /// Checks that the connection is closed. A client has replaced it.
  func expectClosed(_ server: ScriptedServer, sourceLocation: SourceLocation = #_sourceLocation) async {
    if case .connection(let connection) = self {
      await connection.expectClosed(sourceLocation: sourceLocation)
    } else {
      let error = await failure(sourceLocation: sourceLocation) { [self] in try await execute("DO 1") }
      #expect(error == nil, sourceLocation: sourceLocation)
      #expect(server.connections.count == 2, sourceLocation: sourceLocation)
    }
    let first = server.connections.first
    #expect(await first?.waitForEnd() == true, sourceLocation: sourceLocation)
  }

  func close() async {
    switch self {
    case .connection(let connection): await connection.close()
    case .client(let client): await client.shutdown()
    }
  }
}

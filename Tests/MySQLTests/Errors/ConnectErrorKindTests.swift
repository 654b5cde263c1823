import MySQL
import MySQLTesting
import Testing

/// The kinds of errors that the doc comment of `MySQLConnection.connect` lists, each with what causes it.
@Suite(.timed) struct ConnectErrorKindTests {
  private typealias Change = @Sendable (inout MySQLConfiguration) -> Void

  /// Returns the error of connecting to a server.
  private static func error(
    _ change: @escaping Change = { _ in }, _ script: @escaping @Sendable (ScriptedConnection) throws -> Void
  ) async throws -> MySQLError? {
    let server = try ScriptedServer { connection in try script(connection) }
    defer { server.stop() }
    return await failure { try await server.connect(change) }
  }

  private static let causes: [(MySQLError.Kind, @Sendable () async throws -> MySQLError?)] = [
    (.configuration, { try await error({ $0.maxConnections = 0 }) { try $0.acceptLogin() } }),
    (
      .unknownHost,
      { try await error({ $0.endpoint = .tcp(host: "no..such..host") }) { try $0.acceptLogin() } }
    ),
    (
      .connectionRefused,
      {
        let server = try ScriptedServer.echo()
        server.stop()
        return await failure { try await server.connect() }
      }
    ),
    (.timeout, { try await error({ $0.connectTimeout = .milliseconds(200) }) { try $0.stall() } }),
    (.notMySQL, { try await error { try $0.send(Array("SSH-2.0-OpenSSH_9.6\r\n".utf8)) } }),
    (.tls, { try await error({ $0.tls.mode = .required }) { try $0.sendGreeting() } }),
    (
      .authentication,
      {
        try await error { connection in
          try connection.sendGreeting()
          try connection.readLogin()
          try connection.sendError(1045, state: "28000", message: "Access denied")
        }
      }
    ),
    (
      .server, { try await error { try $0.sendError(1040, state: "08004", message: "Too many connections") } }
    ),
    (.connectionLost, { try await error { try $0.sendGreeting() } }),
    (
      .protocolViolation,
      {
        try await error { connection in
          try connection.sendGreeting()
          try connection.readLogin()
          try connection.sendPacket([0x2A])
          try connection.stall()
        }
      }
    ),
    (
      .cancelled,
      {
        let server = try ScriptedServer { try $0.stall() }
        defer { server.stop() }
        let task = Task { try await server.connect() }
        _ = try await server.connection()
        task.cancel()
        return await failure { try await task.value }
      }
    ),
  ]

  @Test func connectingThrowsTheKindsThatItsDocumentationLists() async throws {
    for (kind, cause) in Self.causes {
      let error = try await cause()
      #expect(error?.kind == kind, "\(kind): \(error as Any)")
    }
    let source = try ProjectFile.text(of: "Sources/MySQL/Connection/MySQLConnection+Connect.swift")
    let list = try #require(source.between("- Throws: `MySQLError` of the kinds ", "Each error"))
    #expect(list.quoted == Self.causes.map { "\($0.0)" } + ["initCommands"])
  }

  @Test func connectingThrowsWhatAnInitCommandThrows() async throws {
    let server = try ScriptedServer.echo()
    defer { server.stop() }
    let error = await failure {
      try await server.connect {
        $0.initCommands = ["SET @a = '\(String(repeating: "x", count: 2000))'"]
        $0.maxAllowedPacket = 1024
      }
    }
    #expect(error?.kind == .encoding)
  }
}

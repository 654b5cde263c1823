import MySQL
import MySQLTesting
import Testing

/// Which kind of error a refused login becomes.
@Suite(.timed) struct RefusalKindTests {
  private static func refusal(
    _ code: UInt16, state: String? = "HY000", _ message: String, sequence: UInt8? = nil
  ) async throws -> MySQLError? {
    let server = try ScriptedServer { connection in
      try connection.sendGreeting()
      if let sequence {
        connection.sequence = sequence
      } else {
        try connection.readLogin()
      }
      try connection.sendError(code, state: state, message: message)
      try connection.stall()
    }
    defer { server.stop() }
    return await failure { try await server.connect() }
  }

  /// Router cannot reach its server, the server is full, is read-only for logins, goes down, or runs out of
  /// memory: nothing is wrong with the account.
  @Test(arguments: [2003, 1040, 1053, 3032, 1037, 1184, 1835, 9999] as [UInt16])
  func otherRefusalsAreNotFailuresOfTheLogin(code: UInt16) async throws {
    let error = try await Self.refusal(code, "the server's words")
    #expect(error?.kind == .server)
    #expect(error?.server?.code.rawValue == code)
    #expect(error?.description.contains("the server's words") == true)
  }

  @Test(
    arguments: [
      (1045, "28000"), (1698, "28000"), (1044, "42000"), (1129, "HY000"), (1130, "HY000"), (1251, "08004"),
      (1524, "HY000"), (1820, "HY000"), (1862, "HY000"), (3118, "HY000"), (3159, "08004"), (3955, "HY000"),
      (4151, "HY000"), (7777, "28000"),
    ] as [(UInt16, String)])
  func refusalsOfTheAccountAreFailuresOfTheLogin(code: UInt16, state: String) async throws {
    #expect(try await Self.refusal(code, state: state, "no")?.kind == .authentication)
  }

  /// MariaDB does not read the login of a proxy that it does not trust, and numbers its refusal accordingly.
  @Test func reportsARefusalRightAfterTheGreeting() async throws {
    let words = "Proxy header is not accepted from 127.0.0.1"
    let error = try await Self.refusal(1130, words, sequence: 1)
    #expect(error?.kind == .server)
    #expect(error?.server?.message == words)
    #expect(error?.message.contains("proxy-protocol-networks") == true)
    #expect(error?.message.contains("CREATE USER") == false)
  }

  @Test func withoutTLSADeniedLoginMayMeanThatTheAccountDemandsIt() async throws {
    let error = try await Self.refusal(1045, state: "28000", "Access denied")
    #expect(error?.message.contains("REQUIRE SSL") == true)
  }
}

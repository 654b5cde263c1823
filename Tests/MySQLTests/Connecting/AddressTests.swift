import MySQL
import MySQLTesting
import Testing

/// Where a server listens makes no difference.
@Suite(.timed) struct AddressTests {
  private static let hasIPv6 = (try? ScriptedServer(at: .loopback6) { _ in }) != nil

  @Test func connectsToAnIPv4Address() async throws {
    try await expectAnswer(from: .loopback)
  }

  @Test(.enabled(if: hasIPv6, "this machine has no ::1"))
  func connectsToAnIPv6Address() async throws {
    try await expectAnswer(from: .loopback6)
  }

  /// If `localhost` also stands for ::1, nothing listens there.
  @Test func triesAllAddressesOfAName() async throws {
    let server = try Self.server(at: .loopback)
    let connection = try await server.connect {
      $0.endpoint = .tcp(host: "localhost", port: UInt16(server.port))
    }
    try await connection.ping()
    await connection.close()
  }

  @Test func saysWhatIsWrongWithThePathOfASocket() async throws {
    let path = "/tmp/" + String(repeating: "x", count: 200)
    let error = await failure {
      try await MySQLConnection.connect(MySQLConfiguration(.unixSocket(path: path), user: "x"))
    }
    #expect(error?.kind == .configuration && error?.description.contains("107") == true)
  }

  private func expectAnswer(from address: ServerAddress) async throws {
    let server = try Self.server(at: address)
    let connection = try await server.connect()
    try await connection.ping()
    await connection.close()
    #expect(connection.isClosed)
  }

  private static func server(at address: ServerAddress) throws -> ScriptedServer {
    try ScriptedServer(at: address) { connection in
      try connection.acceptLogin()
      guard case .ping = try connection.readCommand() else { return }
      try connection.sendOK()
      _ = try connection.readCommand()
    }
  }
}

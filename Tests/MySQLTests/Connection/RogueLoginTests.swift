import Foundation
import MySQL
import MySQLTesting
import Testing

/// Servers that demand more of a login than a login has. The client refuses them within 50 ms, before they
/// see the password. Because the machine may be busy, only one of five attempts has to be that quick, and the time in
/// which this process had no processor does not count.
@Suite(.timed, .serialized) struct RogueLoginTests {
  enum Demand: String, CaseIterable, CustomTestStringConvertible {
    case eachMethodInTurn, aMethodForEver, moreForEver, factorsForEver, theKeyForEver

    var testDescription: String { rawValue }

    func make(_ connection: ScriptedConnection, _ plugin: String) throws {
      switch self {
      case .eachMethodInTurn: for other in loginPlugins { try ask(connection, other) }
      case .aMethodForEver: while true { try ask(connection, plugin) }
      case .moreForEver:
        try ask(connection, plugin)
        while true { try connection.sendAuthMoreData([3]) }
      case .factorsForEver:
        while true {
          try connection.sendPacket([2] + Array(plugin.utf8) + [0] + challenge(for: plugin) + [0])
        }
      case .theKeyForEver:
        try ask(connection, plugin)
        while true { try connection.sendAuthMoreData([4]) }
      }
    }

    private func ask(_ connection: ScriptedConnection, _ plugin: String) throws {
      try connection.sendAuthSwitch(to: plugin, challenge: challenge(for: plugin))
      // The client may reply to that.
      connection.sequence &+= 1
    }
  }

  @Test(arguments: Demand.allCases, LoginEntry.allCases)
  func anEndlessLoginIsRefusedAtOnce(demand: Demand, entry: LoginEntry) async throws {
    for plugin in loginPlugins {
      let error = try await refusal(of: entry) { connection in
        try demand.make(connection, plugin)
      }
      #expect([.authentication, .protocolViolation].contains(error?.kind), "\(plugin): \(error as Any)")
      #expect(error?.isRetryable == false)
    }
  }

  @Test(arguments: RogueKey.all, LoginEntry.allCases)
  func anUnusableKeyIsRefusedAtOnce(key: RogueKey, entry: LoginEntry) async throws {
    for plugin in ["caching_sha2_password", "sha256_password"] {
      let error = try await refusal(of: entry) { connection in
        try connection.sendAuthSwitch(to: plugin)
        if plugin == "caching_sha2_password" {
          _ = try connection.readPacket()
          try connection.sendAuthMoreData([4])
        }
        // The client's request for the key.
        #expect(try connection.readPacket().count == 1)
        try connection.sendAuthMoreData(key.pem)
      }
      #expect(error?.kind == .authentication)
      #expect(error?.message.contains("RSA key is not usable") == true)
    }
  }

  #if DEBUG
    // Signing for client_ed25519 takes a good part of a second in a build that is not optimized.
    private static let limit = Duration.seconds(10)
  #else
    private static let limit = Duration.milliseconds(50)
  #endif

  /// Plays the rogue server until the client refuses it in time, at most five times. Returns the client's error.
  private func refusal(
    of entry: LoginEntry, sourceLocation: SourceLocation = #_sourceLocation,
    _ script: @escaping @Sendable (ScriptedConnection) throws -> Void
  ) async throws -> MySQLError? {
    var (taken, error) = (Duration.zero, MySQLError?.none)
    for _ in 1...5 {
      let start = Journal<(moment: ContinuousClock.Instant, used: Duration)>()
      let server = try ScriptedServer { connection in
        try entry.play(connection)
        start.note((.now, processTime()))
        try script(connection)
        try connection.stall()
      }
      error = await failure {
        try await entry.logIn(to: server) {
          $0.additionalPasswords = [MySQLSecret(canary), MySQLSecret(canary)]
        }
      }
      let (moment, used) = try #require(start.entries.first)
      taken = min(moment.duration(to: .now), processTime() - used)
      try await expectNoPassword(at: server)
      if taken < Self.limit { return error }
    }
    Issue.record("it takes \(taken)", sourceLocation: sourceLocation)
    return error
  }

  /// An unusable key from a file is refused too.
  @Test(arguments: RogueKey.all) func anUnusablePinnedKeyIsRefused(key: RogueKey) async throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("key-\(UUID()).pem")
    try Data(key.pem).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let server = try ScriptedServer { connection in
      try LoginEntry.connecting.play(connection)
      try connection.sendAuthSwitch(to: "sha256_password")
      try connection.stall()
    }
    let error = await failure {
      try await LoginEntry.connecting.logIn(to: server) { $0.publicKey = .pinned(path: file.path) }
    }
    #expect(error?.kind == .authentication)
    try await expectNoPassword(at: server)
  }

  private func expectNoPassword(at server: ScriptedServer) async throws {
    let connection = try await server.connection()
    #expect(await connection.waitForEnd(), "the socket is still open")
    #expect(!connection.received.contains(Array(canary.utf8)), "the password is on the wire")
    server.stop()
  }
}

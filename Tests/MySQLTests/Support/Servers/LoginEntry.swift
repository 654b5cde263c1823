import MySQL
import MySQLTesting
import Testing

/// The two ways to start a login.
enum LoginEntry: String, CaseIterable, CustomTestStringConvertible {
  case connecting, changingTheUser

  var testDescription: String { rawValue }

  /// Plays the server's side until it has the client's first answer.
  func play(_ connection: ScriptedConnection, plugin: String = "mysql_native_password") throws {
    guard self == .changingTheUser else {
      var greeting = ServerGreeting.mysql
      greeting.plugin = plugin
      try connection.sendGreeting(greeting)
      try connection.readLogin()
      return
    }
    try connection.acceptLogin()
    guard case .changeUser = try connection.readCommand() else {
      Issue.record("no change of user")
      return
    }
  }

  /// Logs in as the client, with the canary as the password.
  func logIn(
    to server: ScriptedServer, observer: (any MySQLObserver)? = nil,
    _ change: @Sendable (inout MySQLConfiguration) -> Void = { _ in }
  ) async throws -> MySQLConnection {
    let settings = try server.settings {
      $0.connectTimeout = .seconds(5)
      $0.queryTimeout = .seconds(5)
      $0.publicKey = .askServer
      change(&$0)
      if self == .changingTheUser { $0.password = nil }
    }
    let client = try await MySQLConnection.connect(settings, observer: observer)
    guard self == .changingTheUser else { return client }
    do {
      try await client.changeUser("ada", password: MySQLSecret(canary))
    } catch {
      // Closing the connection is up to the caller.
      await client.close()
      throw error
    }
    return client
  }
}

/// Every login method that a server may ask for, including those that this library does not support.
let loginPlugins = [
  "mysql_native_password", "caching_sha2_password", "sha256_password", "client_ed25519",
  "mysql_clear_password",
  "mysql_old_password", "dialog", "",
]

/// Returns a challenge of the length that the method requires.
func challenge(for plugin: String) -> [UInt8] {
  Array("abcdefghijklmnopqrstuvwxyzabcdef".utf8.prefix(plugin == "client_ed25519" ? 32 : 20))
}

import MySQLWire

/// The greeting that a server sends when a client connects.
public struct ServerGreeting: Sendable, Equatable {
  /// The version, by which clients distinguish MySQL and MariaDB.
  public var version: String
  /// The connection's id, the one that KILL takes.
  public var connectionID: UInt32
  /// The login method that the challenge is for.
  public var plugin: String
  /// The challenge, 20 bytes from every real server. It must not contain a NUL.
  public var challenge: [UInt8]
  /// The CLIENT_ flags, with those of MariaDB from bit 32 on. These count only if CLIENT_MYSQL (bit 0) is not set.
  public var capabilities: UInt64

  /// Makes a greeting.
  public init(
    version: String, connectionID: UInt32 = 1, plugin: String = "mysql_native_password",
    challenge: [UInt8] = Array("abcdefghijklmnopqrst".utf8), capabilities: UInt64
  ) {
    self.version = version
    self.connectionID = connectionID
    self.plugin = plugin
    self.challenge = challenge
    self.capabilities = capabilities
  }

  /// MySQL 8.4, without TLS, compression and query attributes. The login method is mysql_native_password, which every
  /// client can answer.
  public static let mysql = Self(version: "8.4.0", capabilities: shared.union(.mysql).rawValue)

  /// MariaDB 11.4, without TLS and compression.
  public static let mariaDB = Self(
    version: "11.4.2-MariaDB",
    capabilities: shared.union([.mariadbProgress, .mariadbBulk, .mariadbExtendedMetadata]).rawValue)

  private static let shared: Capabilities = [
    .foundRows, .longFlag, .connectWithDatabase, .localFiles, .ignoreSpace, .protocol41, .interactive,
    .transactions, .secureConnection, .multiStatements, .multiResults, .preparedMultiResults,
    .pluginAuthentication, .connectAttributes, .longAuthenticationData, .expiredPasswords, .sessionTrack,
    .deprecateEOF,
  ]

  var message: Greeting {
    Greeting(
      serverVersion: version, connectionID: connectionID, capabilities: Capabilities(rawValue: capabilities),
      collation: UInt8(truncatingIfNeeded: Collation.utf8mb4.rawValue), status: .autocommit,
      challenge: challenge, plugin: plugin)
  }
}

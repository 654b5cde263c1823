import MySQLWire

/// The server at the other end of a connection.
public struct MySQLServerInfo: Sendable, Hashable {
  /// Its version as the server reports it, such as `9.7.4` or `10.11.19-MariaDB`.
  public let version: String
  /// Whether it is MariaDB.
  public let isMariaDB: Bool
  /// The connection's id, as in `SHOW PROCESSLIST` and KILL.
  public let connectionID: UInt32
  /// Where the connection leads, as a person would write it.
  public let endpoint: String
  /// How the connection is encrypted; nil if it is not.
  public let tls: MySQLTLS.Info?

  init(_ greeting: Greeting, endpoint: String, tls: MySQLTLS.Info?) {
    // MariaDB 10 prefixes its version so that old replicas do not take it for MySQL 1.0.
    let prefix = "5.5.5-"
    let version = greeting.serverVersion
    isMariaDB = greeting.isMariaDB
    let isPrefixed = isMariaDB && version.utf8.starts(with: prefix.utf8)
    self.version = isPrefixed ? String(version.utf8.dropFirst(prefix.utf8.count)) ?? version : version
    connectionID = greeting.connectionID
    self.endpoint = endpoint
    self.tls = tls
  }
}

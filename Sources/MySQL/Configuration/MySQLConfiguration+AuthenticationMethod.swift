import MySQLWire

extension MySQLConfiguration {
  /// A login method, identified by the name of the server's plugin for it.
  public struct AuthenticationMethod: RawRepresentable, Sendable, Hashable {
    /// The name that the server uses.
    public let rawValue: String

    /// Takes the name that the server uses.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The default of MySQL 8.0 and later.
    public static let cachingSHA2Password = Self(rawValue: "caching_sha2_password")
    /// Its predecessor, which needs TLS or the server's RSA key for each login.
    public static let sha256Password = Self(rawValue: "sha256_password")
    /// The default of MariaDB, and of MySQL before 8.0. SHA-1.
    public static let nativePassword = Self(rawValue: "mysql_native_password")
    /// MariaDB's signatures.
    public static let ed25519 = Self(rawValue: "client_ed25519")
    /// The password in clear text, for servers that ask PAM or LDAP. It is used only if `allowsClearPassword`
    /// is also set.
    public static let clearPassword = Self(rawValue: "mysql_clear_password")

    static let known = AuthenticationPlugins.names.map { Self(rawValue: $0) }
  }
}

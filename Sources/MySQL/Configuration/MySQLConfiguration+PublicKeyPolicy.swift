extension MySQLConfiguration {
  /// Where the server's RSA key comes from, which encrypts a password sent without TLS.
  public enum PublicKeyPolicy: Sendable, Hashable {
    /// No key: a login that needs one is refused, except over a unix socket, where the server can be asked.
    case none
    /// The PEM file with the server's key.
    case pinned(path: String)
    /// The server may be asked for the key. An attacker in between can then substitute their own key, and read
    /// the password.
    case askServer
  }
}

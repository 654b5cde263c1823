extension MySQLTLS {
  /// What was negotiated for a connection: how it is encrypted, and whether it is certain who the server is.
  public struct Info: Sendable, Hashable {
    /// The version of the protocol, such as `TLSv1.3`.
    public let version: String
    /// The cipher suite, by the name that OpenSSL gives it, such as `TLS_AES_256_GCM_SHA384`.
    public let cipher: String
    /// The fingerprint of the server's certificate, in the form that `ssl-fingerprint` takes.
    public let fingerprint: MySQLTLS.Fingerprint
    /// Whether an earlier connection's secrets were reused, which saves a part of the handshake.
    public let isResumed: Bool
    /// Whether it is certain that the server is the one that the settings mean: by `verify-identity`, by
    /// `ssl-fingerprint`, or by `verify-ca` with an `ssl-ca`. If not, somebody between here and the server could have
    /// replied in its place, and obtained the password.
    public let isVerified: Bool
  }
}

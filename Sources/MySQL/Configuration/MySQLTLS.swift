/// How a connection is encrypted, and how the server's identity is verified.
public struct MySQLTLS: Sendable, Hashable {
  /// What is demanded of the connection. Nil takes the default, which `effectiveMode(for:)` returns.
  public var mode: Mode?
  /// The PEM file with the certificate authorities to trust. Nil trusts those of the system.
  public var caFile: String?
  /// The PEM file with this client's certificate, and its chain.
  public var certificateFile: String?
  /// The PEM file with the key of this client's certificate.
  public var keyFile: String?
  /// The name that the server's certificate must be for. Nil takes the endpoint's host.
  public var serverName: String?
  /// The fingerprint of the certificate that the server must present, whoever signed it.
  public var fingerprint: Fingerprint?
  /// The oldest version of TLS to accept.
  public var minimumVersion: Version = .tls12

  /// Makes settings with a mode, or with the endpoint's default.
  public init(mode: Mode? = nil) { self.mode = mode }

  /// Returns the mode that applies to an endpoint: the one that is set; else `verifyCA` if there is a CA
  /// file, as with the `mysql` command; else `required` if there is a fingerprint; else `preferred` for
  /// connections that stay on this machine, and `required` for those that leave it.
  public func effectiveMode(for endpoint: MySQLConfiguration.Endpoint) -> Mode {
    if let mode { return mode }
    if caFile != nil { return .verifyCA }
    return fingerprint != nil || !endpoint.isLocal ? .required : .preferred
  }
}

extension MySQLTLS {
  /// What is demanded of a connection. A connection that cannot meet it fails.
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// No TLS.
    case disabled
    /// TLS if the server offers it. An attacker in between can make it seem that it does not.
    case preferred
    /// TLS, with any certificate. This prevents eavesdropping, but not an impostor, who can also get the
    /// password.
    case required
    /// TLS, with a certificate from a trusted authority, for any name.
    case verifyCA = "verify-ca"
    /// TLS, with a certificate from a trusted authority, for this server. Recommended.
    case verifyIdentity = "verify-identity"
  }
}

extension MySQLTLS {
  /// The versions of TLS that are still safe to use.
  public enum Version: String, Sendable, Hashable, CaseIterable, Comparable {
    /// TLS 1.2.
    case tls12 = "TLSv1.2"
    /// TLS 1.3.
    case tls13 = "TLSv1.3"

    /// Whether the first version is the older one.
    public static func < (left: Self, right: Self) -> Bool { left == .tls12 && right == .tls13 }
  }
}

/// How a connection is encrypted, and how it makes sure whom it talks to.
public struct MySQLTLS: Sendable, Hashable {
  /// What is demanded of the connection. Nil takes the default, which `effectiveMode(for:)` tells.
  public var mode: MySQLTLSMode?
  /// The PEM file with the certificate authorities to trust. Nil trusts those of the system.
  public var caFile: String?
  /// The PEM file with this client's certificate, and its chain.
  public var certificateFile: String?
  /// The PEM file with the key of this client's certificate.
  public var keyFile: String?
  /// The name that the server's certificate has to be for. Nil takes the endpoint's host.
  public var serverName: String?
  /// The certificate that the server has to show, whoever signed it.
  public var fingerprint: MySQLFingerprint?
  /// The oldest version of TLS to agree to.
  public var minimumVersion: MySQLTLSVersion = .tls12

  /// The defaults for the endpoint, or the mode given.
  public init(mode: MySQLTLSMode? = nil) { self.mode = mode }

  /// The mode that holds for an endpoint: the one set; else, with a CA file, `verifyCA`, as the `mysql`
  /// command has it; else, with a fingerprint, `required`; else `preferred` for what stays on this machine
  /// and `required` for what leaves it.
  public func effectiveMode(for endpoint: MySQLEndpoint) -> MySQLTLSMode {
    if let mode { return mode }
    if caFile != nil { return .verifyCA }
    return fingerprint != nil || !endpoint.isLocal ? .required : .preferred
  }
}

/// What is demanded of a connection. A connection never falls below it: it fails instead.
public enum MySQLTLSMode: String, Sendable, Hashable, CaseIterable {
  /// No TLS.
  case disabled
  /// TLS if the server has it. Whoever sits in between can make it seem as if it had not.
  case preferred
  /// TLS, with any certificate. Only listening is prevented, not an impostor, who can also get the password.
  case required
  /// TLS, with a certificate by a trusted authority, for any name.
  case verifyCA = "verify-ca"
  /// TLS, with a certificate by a trusted authority for this very server. Recommended.
  case verifyIdentity = "verify-identity"
}

/// The versions of TLS that are still safe to use.
public enum MySQLTLSVersion: String, Sendable, Hashable, CaseIterable, Comparable {
  /// TLS 1.2.
  case tls12 = "TLSv1.2"
  /// TLS 1.3.
  case tls13 = "TLSv1.3"

  /// The order of their making.
  public static func < (left: Self, right: Self) -> Bool { left == .tls12 && right == .tls13 }
}

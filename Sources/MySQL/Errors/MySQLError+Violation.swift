import MySQLWire

extension MySQLError {
  /// Makes an error that says what a protocol violation means to the user. The server may have carried out
  /// the command.
  init(_ violation: Violation, errorBeforeTLS: ErrorPacket? = nil) {
    switch violation {
    case .notMySQL:
      self.init(
        .notMySQL,
        "the service on that port is not a MySQL or MariaDB server: check the port (3306 unless changed; 33060 is "
          + "MySQL's X Protocol, which this library does not speak)")
    case .unsupportedProtocol(let version):
      self.init(.notMySQL, "the server speaks protocol \(version), which predates MySQL 4.1: it is too old")
    case .missingCapability(.tls):
      self.init(
        .tls,
        "the server offers no TLS, and the settings demand it: give the server a certificate, or set "
          + "ssl-mode=disabled if the network is trusted")
    case .missingCapability:
      self.init(.notMySQL, "the server lacks what every server since MySQL 4.1 has: it is too old")
    case .bytesBeforeTLS:
      self.init(
        .tls,
        "bytes in clear text arrived where TLS had to begin: somebody may sit between here and the server"
          + (errorBeforeTLS.map { Self.words(ofUnproved: $0) } ?? ""))
    case .authentication(let refusal): self.init(.authentication, refusal.advice)
    case .notReady(let error):
      self.init(.server, Self.notReady, server: MySQLError.Server(error), reach: .unknown)
    default:
      self.init(
        .protocolViolation, "the server's bytes break the protocol: \(violation)" + Self.closing,
        reach: .unknown)
    }
  }

  /// Returns the text of an error that may not be from the server.
  private static func words(ofUnproved error: ErrorPacket) -> String {
    let server = MySQLError.Server(error)
    let advice = server.refusesProxyHeader ? "; if that is true, \(proxyHeaderAdvice)" : ""
    return ". They read as an error, which may not be the server's own word: \(server)\(advice)"
  }

  /// The end of the message of an error that closed the connection.
  static var closing: String { "; the connection is closed" }

  /// Makes the error of calls that come after an error has closed the connection.
  init(after failure: MySQLError) {
    let message = failure.message
    let reason = message.hasSuffix(Self.closing) ? message.dropLast(Self.closing.count) : message[...]
    self.init(.connectionClosed, "the connection is closed: \(reason)", server: failure.server)
  }

  static let notReady =
    "the server refused to reset the session or to make it utf8mb4, so the connection was closed: text could have "
    + "been stored as other text"

  /// Makes an error that says what a misuse of the session means to the user.
  init(_ misuse: Misuse) {
    switch misuse {
    case .notReady: self.init(.connectionClosed, "the connection is closed")
    case .busy: self.init(.misuse, "the connection is busy with another command")
    case .tooManyParameters:
      self.init(.encoding, "a statement takes at most 65,535 parameters: split the work into several")
    case .embeddedNUL: self.init(.configuration, "a user or database name cannot contain a NUL")
    case .noFileRequested: self.init(.misuse, "the server did not ask for a file")
    }
  }
}

extension Violation.AuthenticationRefusal {
  fileprivate var advice: String {
    switch self {
    case .unknownPlugin(let name):
      "the account uses the login method '\(name)', which this library does not know: alter the account to "
        + "caching_sha2_password (MySQL) or ed25519 (MariaDB)"
    case .pluginNotAllowed(let name):
      "the server asks for the login method '\(name)', which the settings do not allow (auth-method, "
        + "allow-cleartext)"
    case .insecureChannel(let name):
      "the login method '\(name)' sends the password itself, and this channel is not proved safe: use TLS "
        + "with ssl-mode=verify-identity"
    case .publicKeyRetrievalNotAllowed:
      "this login sends the password itself, and the channel is not encrypted: use TLS or a unix socket, give "
        + "the server's key with server-public-key-path, or allow asking the server for it with "
        + "get-server-public-key=true (safe only on a trusted network)"
    case .unusablePublicKey:
      "the server's RSA key is not usable: it must be RSA of 1024 to 16384 bits, in PEM"
    case .missingFactor(let number):
      "the account requires authentication factor \(number), and no password was given for it"
    case .unusablePassword: "the password cannot be sent by this login method: it holds a NUL or is too long"
    }
  }
}

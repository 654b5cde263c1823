/// A configuration while texts are being read into it. What only makes sense together, such as host, port
/// and socket, is put together at the end.
struct ConfigurationDraft {
  var configuration: MySQLConfiguration
  var host: String?
  var port: UInt16?
  var socket: String?
  private var isTLSDemanded = false

  init(_ configuration: MySQLConfiguration) { self.configuration = configuration }

  /// The configuration, checked.
  consuming func finished(in place: String) throws(MySQLError) -> MySQLConfiguration {
    configuration.endpoint = endpoint(over: configuration.endpoint)
    let mode = configuration.tls.effectiveMode(for: configuration.endpoint)
    if isTLSDemanded, mode == .preferred { configuration.tls.mode = .required }
    do {
      try configuration.validate()
    } catch {
      throw .configuration("\(place): \(error.message)")
    }
    return configuration
  }

  /// A host other than localhost means TCP, whatever socket is named; else a socket goes before a port. As
  /// with the `mysql` command.
  private func endpoint(over current: MySQLEndpoint) -> MySQLEndpoint {
    var (host, port, socket) = (host, port, socket)
    switch current {
    case .tcp(let currentHost, let currentPort):
      host = host ?? currentHost
      port = port ?? currentPort
    case .unixSocket(let path):
      socket = socket ?? path
    }
    if let host, host.lowercased() != "localhost" { return .tcp(host: host, port: port ?? 3306) }
    if let socket { return .unixSocket(path: socket) }
    return .tcp(host: host ?? "localhost", port: port ?? 3306)
  }

  mutating func setPassword(_ password: MySQLSecret, factor: Int) {
    while configuration.furtherPasswords.count < factor - 1 { configuration.furtherPasswords.append("") }
    configuration.furtherPasswords[factor - 2] = password
  }

  /// The option `ssl` of option files. It never lowers what another option demands.
  mutating func setTLS(_ isOn: Bool) {
    isTLSDemanded = isOn
    if !isOn {
      configuration.tls.mode = .disabled
    } else if configuration.tls.mode == .disabled {
      configuration.tls.mode = .preferred
    }
  }

  /// MariaDB's `ssl-verify-server-cert`.
  mutating func setVerification(_ isOn: Bool) {
    let mode = configuration.tls.mode
    if isOn {
      configuration.tls.mode = .verifyIdentity
    } else if mode == .verifyIdentity || mode == .verifyCA {
      configuration.tls.mode = .required
    }
  }

  /// A pinned key goes before one that the server sends.
  mutating func allowPublicKeyRetrieval(_ isAllowed: Bool) {
    switch configuration.publicKey {
    case .none: configuration.publicKey = isAllowed ? .askServer : .none
    case .askServer: configuration.publicKey = isAllowed ? .askServer : .none
    case .pinned: break
    }
  }
}

extension MySQLError {
  static func configuration(_ message: String) -> Self { Self(.configuration, message) }
}

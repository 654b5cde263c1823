/// A configuration while options are being read into it. Options that only make sense together, such as host,
/// port and socket, are combined at the end.
struct ConfigurationDraft {
  var configuration: MySQLConfiguration
  var host: String?
  var port: UInt16?
  var socket: String?
  private var isTLSDemanded = false

  init(_ configuration: MySQLConfiguration) { self.configuration = configuration }

  /// Returns the configuration after checking it.
  consuming func finished(in place: String) throws(MySQLError) -> MySQLConfiguration {
    configuration.endpoints = endpoints(over: configuration.endpoints)
    if isTLSDemanded, prefersTLS { configuration.tls.mode = .required }
    do {
      try configuration.validate()
    } catch {
      throw .configuration("\(place): \(error.message)")
    }
    return configuration
  }

  /// Whether there is an endpoint for which TLS is only preferred.
  private var prefersTLS: Bool {
    configuration.endpoints.contains { configuration.tls.effectiveMode(for: $0) == .preferred }
  }

  /// Returns the endpoints. A host replaces several, and a port alone is that of each.
  private func endpoints(
    over current: [MySQLConfiguration.Endpoint]
  ) -> [MySQLConfiguration.Endpoint] {
    if current.count == 1 || host != nil { return [endpoint(over: configuration.endpoint)] }
    return port.map { port in current.map { $0.at(port: port) } } ?? current
  }

  /// Returns the endpoint. A host other than localhost means TCP, whatever socket is named; otherwise a
  /// socket takes precedence over a port. The `mysql` command does the same.
  private func endpoint(over current: MySQLConfiguration.Endpoint) -> MySQLConfiguration.Endpoint {
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
    while configuration.additionalPasswords.count < factor - 1 {
      configuration.additionalPasswords.append("")
    }
    configuration.additionalPasswords[factor - 2] = password
  }

  /// Applies the option `ssl` of option files. Turning it on never lowers what another option demands.
  mutating func setTLS(_ isOn: Bool) {
    isTLSDemanded = isOn
    if !isOn {
      configuration.tls.mode = .disabled
    } else if configuration.tls.mode == .disabled {
      configuration.tls.mode = .preferred
    }
  }

  /// Applies MariaDB's `ssl-verify-server-cert`.
  mutating func setVerification(_ isOn: Bool) {
    let mode = configuration.tls.mode
    if isOn {
      configuration.tls.mode = .verifyIdentity
    } else if mode == .verifyIdentity || mode == .verifyCA {
      configuration.tls.mode = .required
    }
  }

  /// Applies whether the server may be asked for its key. A pinned key takes precedence.
  mutating func allowPublicKeyRetrieval(_ isAllowed: Bool) {
    switch configuration.publicKey {
    case .none: configuration.publicKey = isAllowed ? .askServer : .none
    case .askServer: configuration.publicKey = isAllowed ? .askServer : .none
    case .pinned: break
    }
  }
}

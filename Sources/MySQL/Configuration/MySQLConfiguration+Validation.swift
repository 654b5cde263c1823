import MySQLWire

extension MySQLConfiguration {
  /// Checks what can be checked without a server: that nothing is empty, out of range, or in a form that no
  /// server accepts. Connecting does this too.
  ///
  /// - Throws: A `MySQLError` of the kind `configuration`, which names the option and what it takes.
  public func validate() throws(MySQLError) {
    try validateEndpoints()
    try validateTexts()
    try validateNumbers()
    if additionalPasswords.count > 2 { throw .configuration("an account has three passwords at most") }
    if authenticationMethods?.isEmpty == true {
      throw .configuration("option auth-method leaves no way to log in")
    }
  }

  private func validateEndpoints() throws(MySQLError) {
    if endpoints.isEmpty { throw .configuration("the settings name no server") }
    for (index, endpoint) in endpoints.enumerated() {
      try validate(endpoint)
      guard endpoints.count > 1 else { return }
      if case .unixSocket = endpoint {
        throw .configuration("a unix socket cannot be one of several servers")
      }
      if endpoints[..<index].contains(where: { $0.isSame(as: endpoint) }) {
        // Whatever was taken for a host may be a password.
        throw .configuration("one host and port is named twice; each server counts once")
      }
    }
  }

  private func validate(_ endpoint: Endpoint) throws(MySQLError) {
    switch endpoint {
    case .tcp(let host, let port):
      if host.isEmpty { throw .configuration("the host is empty") }
      if port == 0 { throw .configuration("option port takes a number from 1 to 65535") }
      try refuseNUL(in: host, of: "host")
    case .unixSocket(let path):
      if path.isEmpty { throw .configuration("option socket takes the path of a file") }
      try refuseNUL(in: path, of: "socket")
    }
  }

  /// Refuses NULs. Most of these texts end at a NUL on the wire or in a system call, and what follows would
  /// be taken for something else.
  private func validateTexts() throws(MySQLError) {
    try refuseNUL(in: user, of: "user")
    try refuseNUL(in: database, of: "database")
    for secret in [password].compactMap(\.self) + additionalPasswords where secret.bytes.contains(0) {
      throw .configuration("a password cannot hold a NUL character")
    }
    try refuseNUL(in: tls.caFile, of: "ssl-ca")
    try refuseNUL(in: tls.certificateFile, of: "ssl-cert")
    try refuseNUL(in: tls.keyFile, of: "ssl-key")
    try refuseNUL(in: tls.serverName, of: "ssl-server-name")
    if case .pinned(let path) = publicKey { try refuseNUL(in: path, of: "server-public-key-path") }
    if attributes.keys.contains("") {
      throw .configuration("option connection-attributes takes no attribute without a name")
    }
    // The collation becomes part of a statement.
    if let collation {
      let isName = collation.utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0.isASCIILetterOrDigit }
      guard isName, collation.hasPrefix("utf8mb4_") || collation.hasPrefix("uca1400_") else {
        throw .configuration("option collation takes a collation of utf8mb4, such as utf8mb4_unicode_ci")
      }
    }
  }

  private func validateNumbers() throws(MySQLError) {
    for (name, duration) in [
      ("connect-timeout", connectTimeout), ("query-timeout", queryTimeout), ("tcp-keepalive", tcpKeepAlive),
      ("acquire-timeout", acquireTimeout), ("idle-timeout", idleTimeout), ("max-lifetime", maxLifetime),
      ("catch-up-timeout", catchUpTimeout),
    ] {
      guard let duration else { continue }
      guard duration > .zero, duration <= .seconds(366 * 86400) else {
        throw .configuration("option \(name) takes more than nothing and a year at most")
      }
    }
    if let idleCheck, !(.zero ... .seconds(366 * 86400) ~= idleCheck) {
      throw .configuration("option idle-check takes a year at most")
    }
    guard 1024...1 << 30 ~= maxAllowedPacket else {
      throw .configuration("option max-allowed-packet takes 1K to 1G bytes")
    }
    guard 0...65_535 ~= statementCacheSize else {
      throw .configuration("option statement-cache-size takes a number from 0 to 65535")
    }
    guard 1...65_535 ~= maxConnections else {
      throw .configuration("option max-connections takes a number from 1 to 65535")
    }
    guard 0...maxConnections ~= minConnections else {
      throw .configuration("option min-connections takes a number from 0 to max-connections")
    }
    guard weights.allSatisfy({ 0...1000 ~= $0 }), weights.count <= endpoints.count else {
      throw .configuration("option weights takes a number from 0 to 1000 for each host, with commas between")
    }
    if let eventLoops, !(1...1024 ~= eventLoops) {
      throw .configuration("option event-loops takes a number from 1 to 1024, or auto")
    }
  }

  private func refuseNUL(in text: String?, of option: String) throws(MySQLError) {
    if let text, text.utf8.contains(0) {
      throw .configuration("option \(option) cannot hold a NUL character")
    }
  }
}

extension MySQLError {
  static func configuration(_ message: String) -> Self { Self(.configuration, message) }
}

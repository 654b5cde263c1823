import MySQLWire

/// Another server that a server names in the OK packet of a login, for the client to use instead: a pure parser.
///
/// MariaDB (from 11.3) reports its variable `redirect_url` there, such as `mysql://db-2.example:3307`. Services and
/// proxies for MySQL write into the packet's text: `Location: mysql://[db-2.example]:3307/?user=app&ttl=60`, or without
/// the brackets and the `?`. How long it holds (`ttl`) does not matter, because each login asks again.
struct Redirection: Equatable, Sendable {
  let endpoint: MySQLConfiguration.Endpoint
  /// The account to use there; nil for the same.
  let user: String?

  init(_ endpoint: MySQLConfiguration.Endpoint, user: String? = nil) {
    self.endpoint = endpoint
    self.user = user
  }

  /// Nil if the packet names no server, or in a form that is not exactly one of these.
  init?(_ ok: OKPacket) {
    if let url = ok.variable("redirect_url"), !url.isEmpty {
      self.init(url: url[...])
    } else if ok.info.hasPrefix("Location: ") {
      let line = ok.info.utf8.prefix { $0 != UInt8(ascii: "\n") }
      self.init(url: Substring(line).dropFirst("Location: ".count))
    } else {
      return nil
    }
  }

  init?(url: Substring) {
    // From here on every Character is one byte.
    guard url.utf8.allSatisfy({ 0x21...0x7E ~= $0 }), let scheme = url.firstRange(of: "://"),
      ["mysql", "mariadb"].contains(url[..<scheme.lowerBound].lowercased())
    else { return nil }
    let rest = url[scheme.upperBound...]
    let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    // The same reader as for the program's own URLs. It takes an omitted host for localhost, and several hosts.
    guard let authority = Self.withoutBrackets(rest[..<end]),
      let named = try? MySQLConfiguration(url: "mysql://" + authority),
      named.endpoints.count == 1, named.password == nil
    else { return nil }
    let fields = rest[end...].drop { "/?".contains($0) }.split(separator: "&")
    let user =
      fields.first { $0.hasPrefix("user=") }.map { String($0.dropFirst("user=".count)) } ?? named.user
    self.init(named.endpoint, user: user.isEmpty ? nil : user)
  }

  /// Removes the brackets around a name, which belong around an IPv6 address only. Returns nil without a host.
  private static func withoutBrackets(_ authority: Substring) -> Substring? {
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    if host.isEmpty || host.first == ":" { return nil }
    guard authority.first == "[", let close = authority.firstIndex(of: "]") else { return authority }
    let (name, port) = (authority[..<close].dropFirst(), authority[close...].dropFirst())
    let isName = !name.isEmpty && name.utf8.allSatisfy(HostSyntax.isNameByte)
    return isName && (port.isEmpty || port.first == ":") ? name + port : authority
  }

  /// Whether a client may follow it.
  ///
  /// The server that names another one decides who gets the password and the statements. So it must be certain who that
  /// server is: it is on this machine, or TLS has verified it. And what did not leave this machine before, or was
  /// encrypted, does not cross a network in clear text now.
  ///
  /// - Parameters:
  ///   - origin: The endpoint of the server that says so.
  ///   - isVerified: Whether TLS has verified that server.
  func mayBeFollowed(
    from origin: MySQLConfiguration.Endpoint, isVerified: Bool, with tls: MySQLTLS
  ) -> Bool {
    guard origin.isLocal || isVerified, !endpoint.isSame(as: origin) else { return false }
    if origin.isLocal, endpoint.isLocal { return true }
    return switch tls.effectiveMode(for: endpoint) {
    case .disabled, .preferred: false
    case .required, .verifyCA, .verifyIdentity: true
    }
  }
}

extension OKPacket {
  /// Returns the value of a system variable, if the packet reports it.
  fileprivate func variable(_ name: String) -> String? {
    for case .variable(name, let value) in changes { return value }
    return nil
  }
}

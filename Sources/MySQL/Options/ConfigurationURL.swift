extension MySQLConfiguration {
  /// Reads a URL: `mysql://user:password@host:3306/database?option=value&option=value`.
  ///
  /// The scheme may also be `mariadb`. Omitted parts have their defaults; the default host is `localhost`,
  /// over TCP. Several hosts, of which any will do, have commas between them, and each may have a port:
  /// `mysql://app@a,b:3307,[::1]/shop`. A unix socket is `?socket=/path`, without a host or with `localhost`.
  /// Escapes are strict: a `%` needs two hexadecimal digits, and in user and password the characters `/?#@%` must
  /// be escaped. An option other than `init-command` may occur only once, so that what is appended to a URL cannot
  /// undo what is in it.
  ///
  /// - Throws: A `MySQLError` of the kind `configuration`. It names the option and what it takes, and
  ///   contains nothing of what precedes the database.
  public init(url: String) throws(MySQLError) {
    self.init()
    try apply(url: url)
  }

  /// Applies a URL to these settings: what it states replaces them, and the rest stays. A URL with a host
  /// means port 3306 unless it states another.
  ///
  /// - Throws: As `init(url:)`. The settings are then unchanged.
  public mutating func apply(url: String) throws(MySQLError) {
    self = try ConfigurationURL(url).applied(to: self)
  }

  /// The URL of these settings without the passwords. Options with their default values are left out.
  public var url: String { ConfigurationURL.text(of: self) }
}

extension MySQLConfiguration: CustomStringConvertible, CustomDebugStringConvertible {
  /// The URL without the passwords.
  public var description: String { url }

  /// The URL without the passwords.
  public var debugDescription: String { url }
}

/// The parts of a URL, still escaped.
private struct ConfigurationURL {
  private static let place = "MySQL URL"

  private var user: Substring?
  private var password: Substring?
  /// The hosts and their ports: one, which may be empty, or several.
  private var hosts: [(name: Substring, port: Substring?)]
  private var database: Substring
  private var options: [Substring]

  init(_ url: String) throws(MySQLError) {
    // From here on every Character is one byte.
    guard url.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw Self.error(
        "it has a space, a control character or one beyond ASCII, which has to be escaped (%20)")
    }
    guard let scheme = url.firstRange(of: "://"),
      ["mysql", "mariadb"].contains(url[..<scheme.lowerBound].lowercased())
    else { throw Self.error("it has to begin with mysql:// or mariadb://") }
    let rest = url[scheme.upperBound...]
    let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    let (authority, tail) = (rest[..<end], rest[end...])
    let halves = authority.split(separator: "@", omittingEmptySubsequences: false)
    // More than one @ means a password with a character that should be escaped. It must not be taken for a
    // host, nor be quoted in an error about one.
    guard halves.count <= 2, !tail.contains("@"), !tail.contains("#") else {
      throw Self.error(
        "it has an @, / ? or # in an unexpected place; write %40, %2F, %3F or %23 where one is meant")
    }
    if halves.count == 2 {
      let parts = halves[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      user = parts[0]
      password = parts.count > 1 ? parts[1] : nil
    }
    let list = halves[halves.count - 1].split(separator: ",", omittingEmptySubsequences: false)
    hosts = try list.map { (host) throws(MySQLError) in try Self.hostAndPort(host) }
    if hosts.count > 1, hosts.contains(where: { $0.name.isEmpty }) {
      throw Self.error("of several hosts, one has no name: write them with one comma between, as in a,b:3307")
    }

    let parts = tail.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    database = parts.first?.dropFirst() ?? ""
    let query = parts.count > 1 ? parts[1] : ""
    options = query.isEmpty ? [] : query.split(separator: "&", omittingEmptySubsequences: false)
  }

  private static func hostAndPort(
    _ text: Substring
  ) throws(MySQLError) -> (name: Substring, port: Substring?) {
    guard text.first == "[" else {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      if parts.count > 2 { throw error("an IPv6 address needs brackets around it: [::1]") }
      return (parts.first ?? "", parts.count == 2 ? parts[1] : nil)
    }
    guard let close = text.firstIndex(of: "]") else {
      throw error("the [ of an IPv6 address is never closed")
    }
    let port = text[text.index(after: close)...]
    guard port.isEmpty || port.first == ":" else { throw error("only a port can follow an IPv6 address") }
    return (text[...close], port.isEmpty ? nil : port.dropFirst())
  }

  func applied(to configuration: MySQLConfiguration) throws(MySQLError) -> MySQLConfiguration {
    var draft = ConfigurationDraft(configuration)
    if let user { draft.configuration.user = try Self.decode(user, of: "the user") }
    if let password {
      let text = try Self.decode(password, of: "the password")
      draft.configuration.password = text.isEmpty ? nil : MySQLSecret(text)
    }
    if !database.isEmpty { draft.configuration.database = try databaseName() }
    var names: Set<String> = []
    for option in options {
      let name = try apply(option, to: &draft)
      if let name, !names.insert(name).inserted {
        throw Self.error("option \(name) is given twice")
      }
    }
    try applyEndpoints(to: &draft)
    return try draft.finished(in: Self.place)
  }

  private func applyEndpoints(to draft: inout ConfigurationDraft) throws(MySQLError) {
    var endpoints: [MySQLConfiguration.Endpoint] = []
    var port: UInt16?
    for host in hosts {
      port = try Self.port(host.port)
      if let name = try Self.hostName(host.name) { endpoints.append(.tcp(host: name, port: port ?? 3306)) }
    }
    if draft.socket != nil {
      let isLocal = endpoints.allSatisfy { $0.host.lowercased() == "localhost" }
      guard hosts.count == 1, isLocal, port == nil else {
        throw Self.error("it has a socket as well as a host or port")
      }
      draft.configuration.endpoint = .tcp(host: "localhost")
    } else if !endpoints.isEmpty {
      draft.configuration.endpoints = endpoints
    } else if port != nil {
      draft.port = port
      if case .unixSocket = draft.configuration.endpoint {
        draft.configuration.endpoint = .tcp(host: "localhost")
      }
    }
  }

  private static func port(_ text: Substring?) throws(MySQLError) -> UInt16? {
    guard let text else { return nil }
    guard let port = OptionValue.port.parse(String(text), .url) else {
      throw error("the port is not a number from 1 to 65535")
    }
    return port
  }

  private static func hostName(_ host: Substring) throws(MySQLError) -> String? {
    if host.isEmpty { return nil }
    let isBracketed = host.first == "["
    let name = try decode(isBracketed ? host.dropFirst().dropLast() : host, of: "the host")
    let isValid =
      isBracketed ? HostSyntax.isIPv6(name) : !name.isEmpty && name.utf8.allSatisfy(HostSyntax.isNameByte)
    guard isValid else {
      throw error(
        isBracketed
          ? "there is no IPv6 address in the brackets"
          : "the host has other characters than letters, digits, - . and _ (a socket is ?socket=/path)")
    }
    return name
  }

  private func databaseName() throws(MySQLError) -> String {
    if database.contains("/") { throw Self.error("a / in the database's name has to be written %2F") }
    return try Self.decode(database, of: "the database")
  }

  /// Applies an option. Returns its name, unless it may occur again.
  private func apply(_ text: Substring, to draft: inout ConfigurationDraft) throws(MySQLError) -> String? {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw Self.error("every option is written name=value, with & between")
    }
    let name = try Self.decode(text[..<equals], of: "the name of an option")
    guard let option = ConfigurationOption.named(name, in: .url) else {
      throw Self.error(ConfigurationOption.complaint(about: name, in: .url))
    }
    let value = try Self.decode(text[text.index(after: equals)...], of: "option \(option.name)")
    guard option.apply(value, .url, &draft) else {
      throw Self.error("option \(option.name) takes \(option.expects)")
    }
    return option.isList ? nil : option.name
  }

  private static func decode(_ text: Substring, of part: String) throws(MySQLError) -> String {
    if let decoded = PercentEncoding.decode(text) { return decoded }
    throw error("\(part) has an escape that is not UTF-8 or not a % with two hexadecimal digits; a % is %25")
  }

  private static func error(_ message: String) -> MySQLError { .configuration("\(place): \(message)") }

  static func text(of configuration: MySQLConfiguration) -> String {
    var text = "mysql://"
    if !configuration.user.isEmpty { text += PercentEncoding.encode(configuration.user) + "@" }
    text += configuration.endpoints.compactMap(Self.text(of:)).joined(separator: ",")
    text += "/" + PercentEncoding.encode(configuration.database ?? "")
    let options = ConfigurationOption.all.filter { $0.sources.contains(.url) }
      .flatMap { option in
        option.texts(configuration).map {
          "\(option.name)=" + PercentEncoding.encode($0, alsoAllowing: "/:,")
        }
      }
    return options.isEmpty ? text : text + "?" + options.joined(separator: "&")
  }

  /// Returns the host and port; nil for a unix socket, which is an option.
  private static func text(of endpoint: MySQLConfiguration.Endpoint) -> String? {
    guard case .tcp(let host, let port) = endpoint else { return nil }
    let name =
      host.contains(":")
      ? "[\(PercentEncoding.encode(host, alsoAllowing: ":"))]" : PercentEncoding.encode(host)
    return port == 3306 ? name : "\(name):\(port)"
  }
}

/// An option by its name in URLs and option files: how it is read, and how it is written.
struct ConfigurationOption: Sendable {
  let name: String
  /// The name and its aliases, in the form in which names are compared.
  let names: [OptionName]
  let sources: Set<OptionSource>
  /// Whether it may occur more than once, each time adding to what was there.
  let isList: Bool
  /// Whether it is a boolean. In option files, a boolean may have no value, or follow `skip-`.
  let isFlag: Bool
  let expects: String
  /// Parses the text into the draft. Returns false if it is not a valid value.
  let apply: @Sendable (String, OptionSource, inout ConfigurationDraft) -> Bool
  /// The texts that set the option to its present value; empty if that is the default.
  let texts: @Sendable (MySQLConfiguration) -> [String]

  /// Every option. URLs are written in this order.
  static let all: [Self] = [
    Self("host", .nonEmpty, in: [.file], set: { $0.host = $1 }),
    Self("port", .port, in: [.file], set: { $0.port = $1 }),
    Self(
      "socket", .path, aliases: ["unix-socket", "socket-path"], set: { $0.socket = $1 },
      get: { if case .unixSocket(let path) = $0.endpoint { [path] } else { [] } }),
    Self("user", \.user, .text, in: [.file]),
    Self("password", \.password, .optional(.secret), aliases: ["password1"], in: [.file]),
    Self("password2", .secret, set: { $0.setPassword($1, factor: 2) }),
    Self("password3", .secret, set: { $0.setPassword($1, factor: 3) }),
    Self("database", \.database, .optional(.nonEmpty), in: [.file]),

    Self("ssl-mode", \.tls.mode, .optional(.mode), aliases: ["tls-mode", "ssl", "tls"], in: [.url]),
    Self("ssl-mode", \.tls.mode, .optional(.mode), aliases: ["tls-mode"], in: [.file]),
    Self("ssl", .boolean, aliases: ["tls", "ssl-enforce"], in: [.file], set: { $0.setTLS($1) }),
    Self(
      "ssl-verify-server-cert", .boolean, aliases: ["tls-verify-peer"], in: [.file],
      set: { $0.setVerification($1) }),
    Self("ssl-ca", \.tls.caFile, .optional(.path), aliases: ["tls-ca"]),
    Self("ssl-cert", \.tls.certificateFile, .optional(.path), aliases: ["tls-cert"]),
    Self("ssl-key", \.tls.keyFile, .optional(.path), aliases: ["tls-key"]),
    Self("ssl-server-name", \.tls.serverName, .optional(.nonEmpty), aliases: ["tls-server-name"]),
    Self("ssl-fingerprint", \.tls.fingerprint, .optional(.fingerprint), aliases: ["tls-fp", "ssl-fp"]),
    Self("tls-version", \.tls.minimumVersion, .tlsVersion, aliases: ["tls-versions", "ssl-min-version"]),

    Self("auth-method", \.authenticationMethods, .optional(.authenticationMethods)),
    Self(
      "allow-cleartext", \.allowsClearPassword, .boolean,
      aliases: ["allow-cleartext-passwords", "enable-cleartext-plugin"]),
    Self(
      "get-server-public-key", .boolean, aliases: ["allow-public-key-retrieval"],
      set: { $0.allowPublicKeyRetrieval($1) }, get: { $0.publicKey == .askServer ? [true] : [] }),
    Self(
      "server-public-key-path", .path,
      aliases: ["server-public-key", "server-rsa-public-key-file", "server-key-path"],
      set: { $0.configuration.publicKey = .pinned(path: $1) },
      get: { if case .pinned(let path) = $0.publicKey { [path] } else { [] } }),

    Self(
      "target", \.target,
      .word(
        [.any, .primary, .replica, .preferReplica].map { ($0.name, $0) },
        aliases: [
          ("read-write", .primary), ("standby", .replica), ("read-only", .replica),
          ("prefer-standby", .preferReplica),
        ]), aliases: ["target-session-attrs", "target-server-type"]),
    Self(
      "load-balance", \.loadBalance,
      .word([("least-leased", .leastLeased), ("round-robin", .roundRobin), ("random", .random)])),
    Self("weights", \.weights, .weights),
    Self("read-your-writes", \.readYourWrites, .boolean),
    Self("catch-up-timeout", \.catchUpTimeout, .duration),

    Self("connect-timeout", \.connectTimeout, .duration, aliases: ["connection-timeout"]),
    Self(
      "query-timeout", \.queryTimeout, .optional(.duration, none: "none"),
      aliases: ["default-command-timeout"]),
    Self("cancellation", \.cancellation, .word([("kill", .kill), ("wait", .wait), ("close", .close)])),
    Self("max-connections", \.maxConnections, .count, aliases: ["pool-max", "maximum-pool-size"]),
    Self("min-connections", \.minConnections, .count, aliases: ["pool-min", "minimum-pool-size"]),
    Self("acquire-timeout", \.acquireTimeout, .duration, aliases: ["pool-acquire-timeout"]),
    Self(
      "idle-timeout", \.idleTimeout, .optional(.duration, none: "none"),
      aliases: ["pool-idle-timeout", "connection-idle-timeout"]),
    Self(
      "max-lifetime", \.maxLifetime, .optional(.duration, none: "none"),
      aliases: ["pool-max-lifetime", "connection-life-time"]),
    Self("idle-check", \.idleCheck, .optional(.duration, none: "none")),
    Self("tcp-keepalive", \.tcpKeepAlive, .optional(.duration, none: "none"), aliases: ["keep-alive"]),

    Self(
      "charset", .charset, aliases: ["character-set", "character-encoding", "default-character-set"],
      set: { _, _ in }),
    Self("collation", \.collation, .optional(.nonEmpty), aliases: ["connection-collation"]),
    Self(
      "init-command", .nonEmpty, isList: true, set: { $0.configuration.initCommands.append($1) },
      get: { $0.initCommands }),
    Self("program-name", \.programName, .optional(.text), aliases: ["application-name"]),
    Self("connection-attributes", \.attributes, .attributes, aliases: ["connect-attributes"]),

    Self("found-rows", \.countsMatchedRows, .boolean, aliases: ["client-found-rows", "return-found-rows"]),
    Self(
      "multi-statements", \.allowsMultipleStatements, .boolean,
      aliases: ["allow-multi-queries", "multiple-statements"]),
    Self(
      "local-infile", \.allowsLocalInfile, .boolean,
      aliases: ["allow-local-infile", "allow-load-local-infile"]),
    Self("redirection", \.followsRedirection, .boolean, aliases: ["permit-redirect"]),
    Self("interactive", \.isInteractive, .boolean, aliases: ["interactive-client"]),
    Self("max-allowed-packet", \.maxAllowedPacket, .size),
    Self("pipelining", \.pipelining, .optional(.boolean, none: "auto")),
    Self("statement-mode", \.statementMode, .word([("prepared", .prepared), ("text", .text)])),
    Self(
      "statement-cache-size", \.statementCacheSize, .count,
      aliases: [
        "statement-cache-capacity", "stmt-cache-size", "prep-stmt-cache-size", "max-prepared-statements",
      ]),
    Self("event-loops", \.eventLoops, .optional(.count, none: "auto")),
  ]
}

extension ConfigurationOption {
  private static let defaults = MySQLConfiguration()

  /// Makes an option that is one property.
  init<Value: Equatable & Sendable>(
    _ name: String, _ path: any WritableKeyPath<MySQLConfiguration, Value> & Sendable,
    _ value: OptionValue<Value>, aliases: [String] = [], in sources: Set<OptionSource> = [.url, .file]
  ) {
    self.init(
      name, value, aliases: aliases, in: sources, set: { $0.configuration[keyPath: path] = $1 },
      get: { $0[keyPath: path] == Self.defaults[keyPath: path] ? [] : [$0[keyPath: path]] })
  }

  /// Makes an option that does more, or less, than set one property.
  init<Value: Sendable>(
    _ name: String, _ value: OptionValue<Value>, aliases: [String] = [],
    in sources: Set<OptionSource> = [.url, .file], isList: Bool = false,
    set: @escaping @Sendable (inout ConfigurationDraft, Value) -> Void,
    get: @escaping @Sendable (MySQLConfiguration) -> [Value] = { _ in [] }
  ) {
    self.name = name
    names = ([name] + aliases).map { OptionName($0) }
    self.sources = sources
    self.isList = isList
    isFlag = Value.self == Bool.self
    expects = value.expects
    apply = { text, source, draft in
      guard let parsed = value.parse(text, source) else { return false }
      set(&draft, parsed)
      return true
    }
    texts = { get($0).map(value.print) }
  }

  /// Returns the option with this name or alias.
  static func named(_ name: some StringProtocol, in source: OptionSource) -> Self? {
    let name = OptionName(name)
    return all.first { $0.sources.contains(source) && $0.names.contains(name) }
  }

  /// Returns why an unknown name is refused, and what may be meant.
  static func complaint(about name: String, in source: OptionSource) -> String {
    if source == .url, let option = named(name, in: .file),
      ["host", "port", "user", "password", "database"].contains(option.name)
    {
      return "option \(option.name) stands before the ?, as in mysql://user:password@host:3306/database"
    }
    let names = all.filter { $0.sources.contains(source) }.flatMap(\.names)
    let nearest = Suggestion.nearest(to: OptionName(name).text, among: names.map(\.text))
    let hint = nearest.flatMap { named($0, in: source) }.map { "; did you mean \($0.name)?" } ?? ""
    // The name is untrusted text: nothing in it may look like the end of the error.
    return
      "there is no option \(String(reflecting: String(String.UnicodeScalarView(name.unicodeScalars.prefix(40)))))"
      + hint
  }
}

/// An option by its name and letter, and what it does.
struct CommandOption: Sendable {
  let name: String
  let letter: Character?
  let effect: Effect
  /// What `--skip-` does to an option that takes a value; nil if it is an error.
  let turnOff: (@Sendable (inout Arguments) -> Void)?

  enum Effect: Sendable {
    case flag(@Sendable (inout Arguments, Bool) -> Void)
    /// Takes a value: the next argument, if none is given after `=`.
    case value(@Sendable (inout Arguments, [UInt8]) throws(ArgumentError) -> Void)
    /// Takes a value only if it is attached.
    case optionalValue(@Sendable (inout Arguments, [UInt8]?) throws(ArgumentError) -> Void)
  }

  init(
    _ name: String, _ letter: Character? = nil, _ effect: Effect,
    turnOff: (@Sendable (inout Arguments) -> Void)? = nil
  ) {
    self.name = name
    self.letter = letter
    self.effect = effect
    self.turnOff = turnOff
  }

  static func flag(
    _ name: String, _ letter: Character? = nil, _ set: @escaping @Sendable (inout Arguments, Bool) -> Void
  ) -> Self {
    Self(name, letter, .flag(set))
  }

  static func text(
    _ name: String, _ letter: Character? = nil, _ set: @escaping @Sendable (inout Arguments, String) -> Void
  ) -> Self {
    Self(name, letter, .value { set(&$0, String(decoding: $1, as: UTF8.self)) })
  }

  /// Makes an option that the library knows from option files.
  static func setting(_ name: String) -> Self {
    text(name) { $0.settings.append((name, $1)) }
  }

  static func number(
    _ name: String, _ letter: Character? = nil, _ set: @escaping @Sendable (inout Arguments, Int) -> Void
  ) -> Self {
    Self(
      name, letter,
      .value { (arguments, bytes) throws(ArgumentError) in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let number = Int(text) else { throw .badNumber(name, text) }
        set(&arguments, number)
      })
  }

  static let all = common + ofResults + ofStatements + ofTerminal + withoutEffect

  private static let common: [Self] = [
    flag("help", "?") { $0.isHelp = $1 },
    flag("help", "I") { $0.isHelp = $1 },
    flag("version", "V") { $0.isVersion = $1 },
    text("host", "h") { $0.host = $1 },
    number("port", "P") { $0.port = UInt16(truncatingIfNeeded: $1) },
    text("socket", "S") { $0.socket = $1 },
    text("user", "u") { $0.user = $1 },
    Self("password", "p", .optionalValue { $0.password = $1.map { .given($0) } ?? .prompt }),
    Self("database", "D", .value { $0.database = $1 }),
    text("url") { $0.url = $1 },
    text("protocol") { $0.protocolName = $1 },
    Self(
      "execute", "e",
      .value {
        if $0.statements == nil { $0.isForced = false }
        $0.statements = $0.statements.map { $0 + [UInt8(ascii: " ")] } ?? []
        $0.statements?.append(contentsOf: $1)
        $0.isNonInteractive = true
      }),
    flag("batch", "B") {
      $0.isNonInteractive = $1
      if $1 { $0.silence = max($0.silence, 1) }
    },
    flag("column-names") { $0.showsNames = $1 },
    flag("skip-column-names", "N") { $0.showsNames = !$1 },
    flag("table", "t") { $0.isTable = $1 },
    flag("vertical", "E") { $0.isVertical = $1 },
    flag("raw", "r") { $0.isRaw = $1 },
    flag("force", "f") {
      $0.isForced = $1
      if $1 { $0.abortsSourceOnError = false }
    },
    flag("silent", "s") { $0.silence = $1 ? $0.silence + 1 : 0 },
    flag("verbose", "v") { $0.verbosity = $1 ? $0.verbosity + 1 : 0 },
    flag("unbuffered", "n") { $0.isUnbuffered = $1 },
    flag("comments", "c") { $0.keepsComments = $1 },
    flag("show-warnings") { $0.showsWarnings = $1 },
    flag("print-query-on-error") { $0.printsFailedQuery = $1 },
    flag("abort-source-on-error") { $0.abortsSourceOnError = $1 },
    Self("delimiter", nil, .value { $0.delimiter = $1.isEmpty ? $0.delimiter : $1 }),
    text("init-command") { $0.initCommand = $1 },
    text("default-character-set") { $0.characterSet = $1 },
    flag("local-infile") { $0.localInfile = $1 },
    Self(
      "connect-timeout", nil,
      .value { (arguments, bytes) throws(ArgumentError) in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let seconds = UInt64(text) else { throw .badNumber("connect-timeout", text) }
        // The maximum of the official command; zero is the default.
        arguments.connectTimeout = seconds == 0 ? nil : Int(min(seconds, 43_200))
      }),
    Self(
      "wait", nil,
      .optionalValue { (arguments, bytes) throws(ArgumentError) in
        arguments.waitingTime =
          try bytes.map { bytes throws(ArgumentError) in
            try parse(bytes, for: "wait", in: 0...31_536_000)
          } ?? 60
      }),
    setting("max-allowed-packet"),
    setting("ssl-mode"), setting("ssl-ca"), setting("ssl-cert"), setting("ssl-key"), setting("tls-version"),
    setting("ssl-server-name"), setting("auth-method"), setting("ssl-fingerprint"),
    setting("server-public-key-path"),
    flag("get-server-public-key") { $0.settings.append(("get-server-public-key", "\($1)")) },
    flag("enable-cleartext-plugin") { $0.settings.append(("enable-cleartext-plugin", "\($1)")) },
    flag("ssl") { $0.settings.append(("ssl", "\($1)")) },
    flag("ssl-verify-server-cert") { $0.settings.append(("ssl-verify-server-cert", "\($1)")) },
    Self(
      "format", nil,
      .value { (arguments, bytes) throws(ArgumentError) in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let format = ResultFormat(rawValue: text) else { throw .badFormat(text) }
        arguments.format = format
      }),
    Self(
      "wire", nil,
      .optionalValue { (arguments, bytes) throws(ArgumentError) in
        let value = bytes.map { String(decoding: $0, as: UTF8.self) }
        guard let output = WireOutput(value) else { throw .badPage(value ?? "") }
        arguments.wire = output
      }),
    // The opposite of an option without a value.
    flag("skip-wire") { if $1 { $0.wire = .nowhere } },
    flag("no-defaults") { $0.defaults.isNone = $1 },
    text("defaults-file") { $0.defaults.only = $1 },
    text("defaults-extra-file") { $0.defaults.extra = $1 },
    text("defaults-group-suffix") { $0.defaults.groupSuffix = $1 },
  ]
}

import MySQLWire

/// What the client is and does, from the leading bytes of an input.
struct Scenario {
  var choices: Choices = []
  var capabilities: UInt16 = 0
  /// Low half: the plugin to begin with, or the one that the greeting names. High half: the allowed plugins.
  var plugin: UInt8 = 0
  /// How the server's bytes are cut: see `Pieces`.
  var pieces: UInt8 = 0
  /// For each command its code, and whether it is sent before the response to the previous one is complete.
  var commands: [UInt8] = []

  struct Choices: OptionSet {
    let rawValue: UInt16

    static let offersTLS = Self(rawValue: 1 << 0)
    static let requiresTLS = Self(rawValue: 1 << 1)
    static let verifiesTLS = Self(rawValue: 1 << 2)
    static let unixSocket = Self(rawValue: 1 << 3)
    static let clearPassword = Self(rawValue: 1 << 4)
    static let asksForKey = Self(rawValue: 1 << 5)
    static let pinsKey = Self(rawValue: 1 << 6)
    static let noPassword = Self(rawValue: 1 << 7)
    static let manyPasswords = Self(rawValue: 1 << 8)
    static let database = Self(rawValue: 1 << 9)
    static let smallLimits = Self(rawValue: 1 << 10)
    /// The server's bytes begin after the login.
    static let loggedIn = Self(rawValue: 1 << 11)
    /// The server's bytes are payloads, framed here with the right sequence ids.
    static let payloads = Self(rawValue: 1 << 12)
    /// Files that the server asks for are refused; otherwise they are sent in two pieces.
    static let refusesFiles = Self(rawValue: 1 << 13)
    /// Requests of the server for files are not answered.
    static let ignoresFiles = Self(rawValue: 1 << 14)
    static let claimsAll = Self(rawValue: 1 << 15)
  }

  init() {}

  init(_ input: inout Input) {
    choices = Choices(rawValue: input.word())
    capabilities = input.word()
    plugin = input.byte()
    pieces = input.byte()
    commands = input.bytes(Int(input.byte() % 32))
  }

  func write(to writer: inout ByteWriter) {
    writer.writeInteger(choices.rawValue)
    writer.writeInteger(capabilities)
    writer.writeUInt8(plugin)
    writer.writeUInt8(pieces)
    writer.writeUInt8(UInt8(commands.count))
    writer.write(commands)
  }

  static let pluginNames = [
    CachingSHA2Password.name, SHA256Password.name, NativePassword.name, Ed25519Password.name,
    ClearPassword.name, "mysql_old_password", "dialog", "",
  ]

  var pluginName: String { Self.pluginNames[Int(plugin % 8)] }
  var allowsOnlyClearPassword: Bool { plugin >> 4 == 2 }
  var usesTLS: Bool { !choices.isDisjoint(with: [.offersTLS, .requiresTLS]) }
  var channel: ChannelSecurity { choices.contains(.unixSocket) ? .unixSocket : .plain }

  var settings: SessionSettings {
    var settings = SessionSettings(user: Array("user".utf8))
    settings.passwords =
      choices.contains(.manyPasswords) ? [canary, canary + [0x31], canary + [0x32]] : [canary]
    if choices.contains(.noPassword) { settings.passwords = [] }
    if choices.contains(.database) { settings.database = Array("database".utf8) }
    settings.attributes = [ConnectionAttribute(name: Array("name".utf8), value: Array("value".utf8))]
    settings.capabilities = Capabilities(choices: capabilities)
    settings.claims = choices.contains(.claimsAll) ? settings.capabilities : []
    settings.tls =
      choices.contains(.requiresTLS) ? .always : choices.contains(.offersTLS) ? .ifOffered : .never
    settings.channel = channel
    settings.publicKey =
      choices.contains(.asksForKey) ? .askServer : choices.contains(.pinsKey) ? .pinned(publicKey) : .none
    settings.allowsClearPassword = choices.contains(.clearPassword)
    settings.plugins =
      switch plugin >> 4 {
      case 0: .standard
      case 2: AuthenticationPlugins(allowing: [ClearPassword.name])
      default: .all
      }
    settings.firstPlugin = plugin & 8 == 0 ? nil : pluginName
    if choices.contains(.smallLimits) {
      // With a limit below 64 KiB, a greeting could reach it before its first byte shows that it is not a greeting.
      settings.limits.payload = 1 << 16
      settings.limits.columns = 4
      settings.limits.errorText = 16
      settings.limits.authenticationRounds = 3
    }
    return settings
  }
}

/// The password, which must not leak.
let canary = Array("c4nary-in-the-c0al-mine".utf8)

func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
  guard bytes.count >= part.count else { return false }
  return (0...bytes.count - part.count).contains {
    bytes[$0] == part[0] && bytes[$0..<$0 + part.count].elementsEqual(part)
  }
}

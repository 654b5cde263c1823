import MySQLWire

extension FieldReader {
  mutating func readGreeting() throws(Violation) {
    _ = try integer("Protocol version", UInt8.self)
    try nullTerminated("Server version")
    _ = try integer("Connection id", UInt32.self)
    try fixed("Challenge, first part", 8)
    try fixed("Filler", 1, form: .filler) { _ in "always 0" }
    let low = try integer("Capabilities, lower half", UInt16.self, form: .flags) {
      FieldText.names(of: Capabilities(shared: UInt32($0)))
    }
    guard !isAtEnd else { return }
    _ = try integer("Character set", UInt8.self)
    try readStatus()
    let high = try integer("Capabilities, upper half", UInt16.self, form: .flags) {
      FieldText.names(of: Capabilities(shared: UInt32($0) << 16))
    }
    let size = try integer("Size of the challenge", UInt8.self)
    try fixed("Filler", 6, form: .filler) { _ in "always 0" }
    try readMariaDBCapabilities(Capabilities(shared: UInt32(low) | UInt32(high) << 16))
    try fixed("Challenge, second part", max(13, Int(size) - 8))
    if !isAtEnd { rest("Login method") { Self.text($0.prefix { $0 != 0 }) } }
  }

  /// Reads a login, or an SSLRequest, which is a login cut short.
  mutating func readLogin() throws(Violation) {
    let capabilities = Capabilities(
      shared: try integer("Capabilities", UInt32.self, form: .flags) {
        FieldText.names(of: Capabilities(shared: $0))
      })
    _ = try integer("Largest packet", UInt32.self) { FieldText.bytes(Int(clamping: $0)) }
    _ = try integer("Character set", UInt8.self)
    try fixed("Filler", 19, form: .filler) { _ in "always 0" }
    try readMariaDBCapabilities(capabilities)
    guard !isAtEnd else { return }
    try nullTerminated("User")
    try readAnswer(hasLongLength: capabilities.contains(.longAuthenticationData))
    if capabilities.contains(.connectWithDatabase) { try nullTerminated("Database") }
    if capabilities.contains(.pluginAuthentication) { try nullTerminated("Login method") }
    if capabilities.contains(.connectAttributes) { try readAttributes() }
    if capabilities.contains(.zstd) { _ = try integer("Level of compression", UInt8.self) }
  }

  mutating func readChangeUser(_ capabilities: Capabilities) throws(Violation) {
    try nullTerminated("User")
    try readAnswer(hasLongLength: false)
    try nullTerminated("Database")
    _ = try integer("Character set", UInt16.self)
    if capabilities.contains(.pluginAuthentication) { try nullTerminated("Login method") }
    if capabilities.contains(.connectAttributes), !isAtEnd { try readAttributes() }
  }

  /// Reads AuthSwitchRequest or AuthNextFactor.
  mutating func readLoginMethod() throws(Violation) {
    _ = try integer("Header", UInt8.self) { $0 == AuthSwitch.header ? "another method" : "another factor" }
    // A header with nothing after it asks for the oldest method.
    guard !isAtEnd else { return }
    try nullTerminated("Login method")
    rest("Challenge") { FieldText.bytes($0.count) }
  }

  mutating func readAuthMoreData() throws(Violation) {
    _ = try integer("Header", UInt8.self) { _ in "more data" }
    rest("Data", FieldText.moreData)
  }

  /// Reads what a client sends during a login.
  mutating func readAuthResponse(_ meaning: String) {
    if meaning.contains(Self.mask) { return hideRest("Answer to the challenge") }
    rest("Data") { _ in meaning }
  }

  /// Reads the answer to the challenge: what is derived from the password, or the password itself.
  private mutating func readAnswer(hasLongLength: Bool) throws(Violation) {
    if hasLongLength {
      _ = try lengthEncodedBytes("Answer to the challenge", isSecret: true)
      return
    }
    let size = try integer("Size of the answer", UInt8.self)
    let start = position
    try fixed("Answer to the challenge", Int(size)) { $0.isEmpty ? "none" : Self.mask }
    keepSecret(start..<position)
  }

  private mutating func readAttributes() throws(Violation) {
    let end = try readSize("Size of the attributes")
    while position < end {
      let start = position
      let (name, value) = try take { (bytes, place) throws(Violation) in
        (try bytes.readLengthEncodedBytes(at: &place), try bytes.readLengthEncodedBytes(at: &place))
      }
      add("Attribute \(FieldText.plain(name))", .lengthEncodedBytes, Self.text(value[...]), from: start)
    }
  }

  private mutating func readMariaDBCapabilities(_ shared: Capabilities) throws(Violation) {
    if shared.contains(.mysql) {
      try fixed("Filler", 4, form: .filler) { _ in "always 0" }
    } else {
      _ = try integer("Capabilities of MariaDB", UInt32.self, form: .flags) {
        FieldText.names(of: Capabilities(shared: 0, extended: $0))
      }
    }
  }

  mutating func readStatus() throws(Violation) {
    _ = try integer("Status", UInt16.self, form: .flags) { FieldText.names(of: StatusFlags(rawValue: $0)) }
  }
}

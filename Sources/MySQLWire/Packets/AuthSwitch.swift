/// The server asks for another login method, with a challenge of its own.
package struct AuthSwitch: Equatable, Sendable {
  package static var header: UInt8 { 0xFE }

  package var plugin: String
  /// The challenge without its closing NUL.
  package var challenge: [UInt8]

  package init(plugin: String, challenge: [UInt8]) {
    self.plugin = plugin
    self.challenge = challenge
  }

  package init(payload: [UInt8]) throws(Violation) {
    // The bare header asks for the method of before 4.1.
    guard payload.count > 1 else {
      plugin = "mysql_old_password"
      challenge = []
      return
    }
    (plugin, challenge) = try Self.readMethod(payload, header: Self.header, subject: .authSwitch)
  }

  static func readMethod(
    _ payload: [UInt8], header: UInt8, subject: Violation.Subject
  ) throws(Violation) -> (plugin: String, challenge: [UInt8]) {
    let bytes = payload.span.bytes
    var position = 0
    guard try bytes.readUInt8(at: &position) == header else { throw .malformed(subject) }
    let name = try bytes.readNullTerminated(at: &position)
    // Servers have at most 64 characters, and errors name the method.
    guard name.count <= 256 else { throw .malformed(subject) }
    let plugin = String(decoding: name, as: UTF8.self)
    var challenge = try bytes.readRest(at: &position)
    // The 32 bytes that MariaDB 10.11 wants signed have no NUL behind them, and any byte may be their last.
    if challenge.last == 0, challenge.count != 32 { challenge.removeLast() }
    return (plugin, challenge)
  }
}

/// AuthNextFactor: one factor is accepted, and the account wants another.
package struct AuthNextFactor: Equatable, Sendable {
  package static var header: UInt8 { 0x02 }

  package var plugin: String
  package var challenge: [UInt8]

  package init(plugin: String, challenge: [UInt8]) {
    self.plugin = plugin
    self.challenge = challenge
  }

  package init(payload: [UInt8]) throws(Violation) {
    (plugin, challenge) = try AuthSwitch.readMethod(
      payload, header: Self.header, subject: .authNextFactor)
  }
}

/// AuthMoreData: whatever the login method in use has to say.
package enum AuthMoreData {
  package static var header: UInt8 { 0x01 }
}

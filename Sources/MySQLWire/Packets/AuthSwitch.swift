/// The server's request for another login method, with a new challenge.
package struct AuthSwitch: Equatable, Sendable {
  package static var header: UInt8 { 0xFE }

  package var plugin: String
  /// The challenge without its terminating NUL.
  package var challenge: [UInt8]

  package init(plugin: String, challenge: [UInt8]) {
    self.plugin = plugin
    self.challenge = challenge
  }

  package init(payload: [UInt8]) throws(Violation) {
    // A header with nothing after it asks for the method used before 4.1.
    guard payload.count > 1 else {
      plugin = PluginName.old
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
    // Names on servers have at most 64 characters. The length is limited because errors include the name.
    guard name.count <= 256 else { throw .malformed(subject) }
    let plugin = String(decoding: name, as: UTF8.self)
    var challenge = try bytes.readRest(at: &position)
    // MariaDB 10.11 sends the 32 bytes to sign without a terminating NUL, so their last byte may itself be 0.
    if challenge.last == 0, challenge.count != 32 { challenge.removeLast() }
    return (plugin, challenge)
  }
}

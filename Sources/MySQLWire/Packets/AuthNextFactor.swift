/// AuthNextFactor: one factor is accepted, and the account requires another.
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

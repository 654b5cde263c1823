/// One login method. It answers the server's challenge, and the server may then ask it for more.
package protocol Authenticator: Sendable {
  /// The name by which client and server know the method.
  static var name: String { get }

  init(_ account: Account)

  /// Returns the answer to the challenge from the greeting or from a request to switch to this method.
  mutating func answer(
    _ challenge: [UInt8], channel: ChannelSecurity
  ) throws(Violation) -> [UInt8]

  /// Whether the server has been asked for its RSA key and has not yet sent it.
  var isKeyAwaited: Bool { get }

  /// Returns the reply to further data from the server, or nil for no reply.
  mutating func receive(_ data: [UInt8], channel: ChannelSecurity) throws(Violation) -> [UInt8]?
}

extension Authenticator {
  package var isKeyAwaited: Bool { false }

  /// Throws: most methods are complete after their first answer.
  package mutating func receive(_ data: [UInt8], channel: ChannelSecurity) throws(Violation) -> [UInt8]? {
    throw .unexpectedPacket(.authMoreData, header: AuthMoreData.header)
  }
}

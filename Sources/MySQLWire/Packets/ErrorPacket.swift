/// An ERR packet: the server reports a failure.
package struct ErrorPacket: Error, Equatable, Sendable {
  package static var header: UInt8 { 0xFF }

  package var code: UInt16
  /// Five characters. Absent before the login (1040 too many connections, 1129 host blocked), because the
  /// server does not yet know that the client speaks the protocol of 4.1.
  package var sqlState: String?
  package var message: String
  /// The bytes of the message, set if they may not be UTF-8 because the session has another character set.
  package var rawMessage: [UInt8]?

  package init(code: UInt16, sqlState: String? = nil, message: String) {
    self.code = code
    self.sqlState = sqlState
    self.message = message
  }

  package init(payload: [UInt8], limits: Limits = Limits()) throws(Violation) {
    try self.init(payload: payload.span.bytes, textLimit: limits.errorText)
  }

  init(payload bytes: RawSpan, textLimit: Int) throws(Violation) {
    var position = 0
    guard try bytes.readUInt8(at: &position) == Self.header else { throw .malformed(.errorPacket) }
    code = try bytes.readInteger(at: &position)
    if bytes.peekUInt8(at: position) == UInt8(ascii: "#") {
      position += 1
      sqlState = bytes.string(in: try bytes.readRange(5, at: &position))
    }
    let kept = min(bytes.remaining(from: position), textLimit)
    var range = try bytes.readRange(kept, at: &position)
    // Sphinx and Manticore end the text with a NUL.
    while let last = range.last, bytes.peekUInt8(at: last) == 0 { range = range.lowerBound..<last }
    message = bytes.string(in: range)
    if message.utf8.contains(0xEF) { rawMessage = bytes.bytes(in: range) }
  }

  /// Whether the account's password has expired, so that the server accepts nothing but a change of the
  /// password (ER_MUST_CHANGE_PASSWORD). After that, the refused command can be sent again.
  package var refusesExpiredPassword: Bool { code == 1820 }
}

/// OK: a command is done, or (with the header 0xFE, under CLIENT_DEPRECATE_EOF) the rows of a result are.
package struct OKPacket: Equatable, Sendable {
  package static var header: UInt8 { 0x00 }

  package var affectedRows: UInt64 = 0
  package var lastInsertID: UInt64 = 0
  package var status: StatusFlags = []
  package var warnings: UInt16 = 0
  /// What the server adds in words, such as "Rows matched: 1  Changed: 1  Warnings: 0".
  package var info = ""
  package var changes: [SessionChange] = []

  package init() {}

  package init(_ end: EOFPacket) {
    status = end.status
    warnings = end.warnings
  }

  package init(
    payload: [UInt8], capabilities: Capabilities, limits: Limits = Limits()
  ) throws(Violation) {
    try self.init(
      payload: payload.span.bytes, capabilities: capabilities, changesLimit: limits.sessionChanges)
  }

  init(payload bytes: RawSpan, capabilities: Capabilities, changesLimit: Int) throws(Violation) {
    var position = 0
    let header = try bytes.readUInt8(at: &position)
    guard header == Self.header || header == EOFPacket.header else { throw .malformed(.okPacket) }
    affectedRows = try bytes.readLengthEncoded(at: &position)
    lastInsertID = try bytes.readLengthEncoded(at: &position)
    status = StatusFlags(rawValue: try bytes.readInteger(at: &position))
    warnings = try bytes.readInteger(at: &position)
    guard position < bytes.byteCount else { return }
    // The manuals describe the text as the rest of the packet unless CLIENT_SESSION_TRACK is on; MySQL
    // (5.7 to 9.7) and MariaDB (10.3 to 11.8) write it with a length either way.
    info = try bytes.readLengthEncodedString(at: &position)
    if capabilities.contains(.sessionTrack), status.contains(.sessionStateChanged), position < bytes.byteCount
    {
      changes = try SessionChange.parse(
        bytes, in: bytes.readLengthEncodedRange(at: &position), limit: changesLimit)
    }
    guard position == bytes.byteCount else { throw .trailingBytes(in: .okPacket) }
  }
}

/// EOF: the end of column definitions or rows, for clients without CLIENT_DEPRECATE_EOF.
package struct EOFPacket: Equatable, Sendable {
  package static var header: UInt8 { 0xFE }
  package static var size: Int { 5 }

  package var warnings: UInt16
  package var status: StatusFlags

  package init(warnings: UInt16 = 0, status: StatusFlags = []) {
    self.warnings = warnings
    self.status = status
  }

  /// Whether a payload is an EOF packet. A row can also begin with 0xFE, before a cell of 16 MiB or more, but
  /// such a row is never this short.
  package static func matches(_ payload: [UInt8]) -> Bool {
    matches(size: payload.count, header: payload.first)
  }

  static func matches(size: Int, header: UInt8?) -> Bool { size == Self.size && header == Self.header }

  package init(payload: [UInt8]) throws(Violation) { try self.init(payload: payload.span.bytes) }

  package init(payload bytes: RawSpan) throws(Violation) {
    var position = 0
    guard try bytes.readUInt8(at: &position) == Self.header else { throw .malformed(.eofPacket) }
    warnings = try bytes.readInteger(at: &position)
    status = StatusFlags(rawValue: try bytes.readInteger(at: &position))
    guard position == bytes.byteCount else { throw .trailingBytes(in: .eofPacket) }
  }
}

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

  /// Whether a payload is an EOF packet. A row may begin with 0xFE too, before a cell of 16 MiB and more,
  /// but is then never this short.
  package static func matches(_ payload: [UInt8]) -> Bool {
    payload.count == size && payload.first == header
  }

  package init(payload: [UInt8]) throws(Violation) {
    let bytes = payload.span.bytes
    var position = 0
    guard try bytes.readUInt8(at: &position) == Self.header else { throw .malformed(.eofPacket) }
    warnings = try bytes.readInteger(at: &position)
    status = StatusFlags(rawValue: try bytes.readInteger(at: &position))
    guard position == payload.count else { throw .trailingBytes(in: .eofPacket) }
  }
}

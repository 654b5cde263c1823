/// An OK packet: a command is complete, or (with header 0xFE, under CLIENT_DEPRECATE_EOF) the rows of a result are.
package struct OKPacket: Equatable, Sendable {
  package static var header: UInt8 { 0x00 }
  /// The size of an OK without texts whose numbers are below 251.
  static var shortest: Int { 7 }

  /// Held by reference, to keep events small.
  private var contents: Contents

  private struct Fields: Equatable {
    var affectedRows: UInt64 = 0
    var lastInsertID: UInt64 = 0
    var status: StatusFlags = []
    var warnings: UInt16 = 0
    var info = ""
    var changes: [SessionChange] = []
  }

  private final class Contents: Sendable {
    let fields: Fields
    init(_ fields: Fields) { self.fields = fields }
  }

  private var fields: Fields {
    get { contents.fields }
    set { contents = Contents(newValue) }
  }

  package init() { contents = Contents(Fields()) }

  package init(_ end: EOFPacket) { contents = Contents(Fields(status: end.status, warnings: end.warnings)) }

  package var affectedRows: UInt64 {
    get { contents.fields.affectedRows }
    set { fields.affectedRows = newValue }
  }

  package var lastInsertID: UInt64 {
    get { contents.fields.lastInsertID }
    set { fields.lastInsertID = newValue }
  }

  package var status: StatusFlags {
    get { contents.fields.status }
    set { fields.status = newValue }
  }

  package var warnings: UInt16 {
    get { contents.fields.warnings }
    set { fields.warnings = newValue }
  }

  /// Additional text from the server, such as "Rows matched: 1  Changed: 1  Warnings: 0".
  package var info: String {
    get { contents.fields.info }
    set { fields.info = newValue }
  }

  package var changes: [SessionChange] {
    get { contents.fields.changes }
    set { fields.changes = newValue }
  }

  package var hasChanges: Bool { !contents.fields.changes.isEmpty }

  package static func == (left: OKPacket, right: OKPacket) -> Bool { left.fields == right.fields }

  package init(
    payload: [UInt8], capabilities: Capabilities, limits: Limits = Limits()
  ) throws(Violation) {
    try self.init(
      payload: payload.span.bytes, capabilities: capabilities, changesLimit: limits.sessionChanges)
  }

  init(payload bytes: RawSpan, capabilities: Capabilities, changesLimit: Int) throws(Violation) {
    var fields = Fields()
    var position = 0
    let header = try bytes.readUInt8(at: &position)
    guard header == Self.header || header == EOFPacket.header else { throw .malformed(.okPacket) }
    fields.affectedRows = try bytes.readLengthEncoded(at: &position)
    fields.lastInsertID = try bytes.readLengthEncoded(at: &position)
    fields.status = StatusFlags(rawValue: try bytes.readInteger(at: &position))
    fields.warnings = try bytes.readInteger(at: &position)
    if position < bytes.byteCount {
      // According to the manuals, the text is the rest of the packet unless CLIENT_SESSION_TRACK is on. In
      // fact MySQL (5.7 to 9.7) and MariaDB (10.3 to 11.8) always write it with a length.
      fields.info = try bytes.readLengthEncodedString(at: &position)
      let tracksSession = capabilities.contains(.sessionTrack) && fields.status.contains(.sessionStateChanged)
      if tracksSession, position < bytes.byteCount {
        fields.changes = try SessionChange.parse(
          bytes, in: bytes.readLengthEncodedRange(at: &position), limit: changesLimit)
      }
      guard position == bytes.byteCount else { throw .trailingBytes(in: .okPacket) }
    }
    contents = Contents(fields)
  }
}

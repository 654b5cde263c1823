/// MariaDB's progress with a long statement. It is sent as an error packet with the code 0xFFFF, to clients
/// that set MARIADB_CLIENT_PROGRESS.
package struct ProgressReport: Equatable, Sendable {
  package static var code: UInt16 { 0xFFFF }

  package var stage: UInt8
  package var stages: UInt8
  /// The part of the stage that is done, in thousandths of a percent.
  package var progress: UInt32
  /// What the server is doing, such as "copy to tmp table".
  package var activity: String

  /// Whether an error packet is a progress report.
  package static func matches(_ payload: [UInt8]) -> Bool { matches(payload.span.bytes) }

  static func matches(_ bytes: RawSpan) -> Bool {
    bytes.peekUInt8(at: 0) == ErrorPacket.header && bytes.peekUInt8(at: 1) == 0xFF
      && bytes.peekUInt8(at: 2) == 0xFF
  }

  package init(stage: UInt8, stages: UInt8, progress: UInt32, activity: String) {
    self.stage = stage
    self.stages = stages
    self.progress = progress
    self.activity = activity
  }

  package init(payload: [UInt8]) throws(Violation) { try self.init(payload: payload.span.bytes) }

  package init(payload bytes: RawSpan) throws(Violation) {
    // The header, the code, and a count of strings, always one.
    var position = 0
    try bytes.skip(4, at: &position)
    stage = try bytes.readUInt8(at: &position)
    stages = try bytes.readUInt8(at: &position)
    progress = try bytes.readUInt24(at: &position)
    activity = try bytes.readLengthEncodedString(at: &position)
    guard position == bytes.byteCount else { throw .trailingBytes(in: .progressReport) }
  }
}

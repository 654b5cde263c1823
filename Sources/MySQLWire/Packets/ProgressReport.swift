/// How far MariaDB is with a long statement. It travels as an error packet with the code 0xFFFF, to clients
/// that set MARIADB_CLIENT_PROGRESS.
package struct ProgressReport: Equatable, Sendable {
  package static var code: UInt16 { 0xFFFF }

  package var stage: UInt8
  package var stages: UInt8
  /// Thousandths of a percent of the stage that are done.
  package var progress: UInt32
  /// What the server is doing, such as "copy to tmp table".
  package var activity: String

  /// Whether an error packet is a progress report.
  package static func matches(_ payload: [UInt8]) -> Bool {
    payload.starts(with: [ErrorPacket.header, 0xFF, 0xFF])
  }

  package init(stage: UInt8, stages: UInt8, progress: UInt32, activity: String) {
    self.stage = stage
    self.stages = stages
    self.progress = progress
    self.activity = activity
  }

  package init(payload: [UInt8]) throws(Violation) {
    let bytes = payload.span.bytes
    // The header, the code, and a count of strings, always one.
    var position = 0
    try bytes.skip(4, at: &position)
    stage = try bytes.readUInt8(at: &position)
    stages = try bytes.readUInt8(at: &position)
    progress = try bytes.readUInt24(at: &position)
    activity = try bytes.readLengthEncodedString(at: &position)
    guard position == payload.count else { throw .trailingBytes(in: .progressReport) }
  }
}

/// The server's request for the file that a LOAD DATA LOCAL names.
struct LocalInfileRequest: Equatable, Sendable {
  static var header: UInt8 { 0xFB }

  /// The name, which is only the server's claim.
  var name: [UInt8]

  init(payload bytes: RawSpan) throws(Violation) {
    var position = 0
    guard try bytes.readUInt8(at: &position) == Self.header else { throw .malformed(.localInfile) }
    name = try bytes.readRest(at: &position)
  }
}

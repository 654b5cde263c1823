package import MySQLWire

extension HandshakeResponse {
  /// The size of an SSLRequest, which ends before the user's name.
  static var tlsRequestSize: Int { 32 }

  /// Reads a login as a server would. An SSLRequest is a login cut short, and has no user.
  package init(payload: [UInt8]) throws(Violation) {
    let bytes = payload.span.bytes
    var position = 0
    let shared = try bytes.readInteger(UInt32.self, at: &position)
    let maxPacketSize = try bytes.readInteger(UInt32.self, at: &position)
    let collation = try bytes.readUInt8(at: &position)
    try bytes.skip(19, at: &position)
    let extended = try bytes.readInteger(UInt32.self, at: &position)
    let capabilities = Capabilities(
      shared: shared, extended: Capabilities(shared: shared).contains(.mysql) ? 0 : extended)
    self.init(
      capabilities: capabilities, maxPacketSize: maxPacketSize, collation: collation, user: [], answer: [],
      database: nil, plugin: "", attributes: [])
    guard position < payload.count else { return }

    user = try bytes.readNullTerminated(at: &position)
    if capabilities.contains(.longAuthenticationData) {
      answer = try bytes.readLengthEncodedBytes(at: &position)
    } else {
      answer = try bytes.readBytes(Int(bytes.readUInt8(at: &position)), at: &position)
    }
    if capabilities.contains(.connectWithDatabase) {
      database = try bytes.readNullTerminated(at: &position)
    }
    if capabilities.contains(.pluginAuthentication) {
      plugin = String(decoding: try bytes.readNullTerminated(at: &position), as: UTF8.self)
    }
    if capabilities.contains(.connectAttributes) {
      attributes = try [ConnectionAttribute](bytes, at: &position)
    }
    if capabilities.contains(.zstd) { zstdLevel = try bytes.readUInt8(at: &position) }
    guard position == payload.count else { throw .trailingBytes(in: .packet) }
  }
}

extension [ConnectionAttribute] {
  init(_ bytes: RawSpan, at position: inout Int) throws(Violation) {
    self = []
    let all = try bytes.readLengthEncodedRange(at: &position)
    var next = all.lowerBound
    while next < all.upperBound {
      let name = try bytes.readLengthEncodedBytes(at: &next)
      append(ConnectionAttribute(name: name, value: try bytes.readLengthEncodedBytes(at: &next)))
    }
  }
}

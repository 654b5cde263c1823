/// SSLRequest: asks for TLS. It consists of the first fields of the login, which is sent in full once TLS runs.
package struct SSLRequest: Equatable, Sendable {
  package var capabilities: Capabilities
  package var maxPacketSize: UInt32
  package var collation: UInt8

  /// Creates the request that is sent before a login.
  package init(_ login: HandshakeResponse) {
    capabilities = login.capabilities
    maxPacketSize = login.maxPacketSize
    collation = login.collation
  }

  package func write(to writer: inout ByteWriter) {
    writer.writeInteger(capabilities.shared)
    writer.writeInteger(maxPacketSize)
    writer.writeUInt8(collation)
    writer.write(zeros: 19)
    writer.writeInteger(capabilities.extended)
  }
}

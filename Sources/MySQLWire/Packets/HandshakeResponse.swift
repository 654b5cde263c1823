/// The client's reply to the greeting: its capabilities, the user, and the answer to the challenge.
package struct HandshakeResponse: Equatable, Sendable {
  /// The maximum length of an answer without CLIENT_PLUGIN_AUTH_LENENC_CLIENT_DATA, and always in COM_CHANGE_USER.
  package static var shortAnswer: Int { 255 }

  package var capabilities: Capabilities
  package var maxPacketSize: UInt32
  package var collation: UInt8
  package var user: [UInt8]
  package var answer: [UInt8]
  package var database: [UInt8]?
  package var plugin: String
  package var attributes: [ConnectionAttribute]
  package var zstdLevel: UInt8 = 3

  package init(
    capabilities: Capabilities, maxPacketSize: UInt32, collation: UInt8, user: [UInt8], answer: [UInt8],
    database: [UInt8]?, plugin: String, attributes: [ConnectionAttribute]
  ) {
    self.capabilities = capabilities
    self.maxPacketSize = maxPacketSize
    self.collation = collation
    self.user = user
    self.answer = answer
    self.database = database
    self.plugin = plugin
    self.attributes = attributes
  }

  package func write(to writer: inout ByteWriter) {
    SSLRequest(self).write(to: &writer)
    writer.writeNullTerminated(user)
    if capabilities.contains(.longAuthenticationData) {
      writer.writeLengthEncoded(bytes: answer)
    } else {
      writer.writeShort(bytes: answer)
    }
    if capabilities.contains(.connectWithDatabase) { writer.writeNullTerminated(database ?? []) }
    if capabilities.contains(.pluginAuthentication) { writer.writeNullTerminated(plugin.utf8) }
    if capabilities.contains(.connectAttributes) { attributes.write(to: &writer) }
    if capabilities.contains(.zstd) { writer.writeUInt8(zstdLevel) }
  }
}

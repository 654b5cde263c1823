extension ByteWriter {
  /// Writes COM_CHANGE_USER: the user, the answer to the server's challenge, the database, the collation, the login
  /// method and the attributes.
  mutating func writeChangeUser(
    _ settings: SessionSettings, plugin: String, answer: [UInt8], collation: Collation,
    _ capabilities: Capabilities
  ) {
    write(code: .changeUser)
    writeNullTerminated(settings.user)
    writeShort(bytes: answer)
    writeNullTerminated(settings.database ?? [])
    writeInteger(collation.rawValue)
    if capabilities.contains(.pluginAuthentication) { writeNullTerminated(plugin.utf8) }
    if capabilities.contains(.connectAttributes) { settings.attributes.write(to: &self) }
  }
}

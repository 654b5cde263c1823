import MySQLWire

extension Bytes {
  /// Twenty bytes without a NUL.
  static let challenge = Array("abcdefghijklmnopqrst".utf8)
}

/// A greeting as a server would write it, or in any way that no server would.
struct ScriptedGreeting {
  var version = "8.4.6"
  var capabilities: Capabilities = .mysqlServer
  var challenge = Bytes.challenge
  /// The announced size of the challenge; nil for the real one, including its NUL.
  var announcedSize: UInt8?
  var plugin = "mysql_native_password"
  var endsPlugin = true

  var payload: Bytes {
    var writer = ByteWriter()
    writer.writeUInt8(10)
    writer.writeNullTerminated(version.utf8)
    writer.writeInteger(UInt32(77))
    let padded = challenge + Bytes(repeating: 0, count: max(1, 8 - challenge.count))
    writer.write(padded.prefix(8))
    writer.writeUInt8(0)
    writer.writeInteger(UInt16(truncatingIfNeeded: capabilities.shared))
    writer.writeUInt8(255)
    writer.writeInteger(StatusFlags.autocommit.rawValue)
    writer.writeInteger(UInt16(truncatingIfNeeded: capabilities.shared >> 16))
    writer.writeUInt8(announcedSize ?? UInt8(clamping: challenge.count + 1))
    writer.write(zeros: 6)
    writer.writeInteger(capabilities.extended)
    writer.write(padded.dropFirst(8))
    if capabilities.contains(.pluginAuthentication) {
      writer.write(plugin.utf8)
      if endsPlugin { writer.writeUInt8(0) }
    }
    return writer.bytes
  }
}

extension Capabilities {
  /// What MySQL 8.4 offers, with TLS and without compression.
  static let mysqlServer: Self = [
    .mysql, .foundRows, .longFlag, .connectWithDatabase, .noSchema, .odbc, .localFiles, .ignoreSpace,
    .protocol41, .interactive, .tls, .ignoreSigpipe, .transactions, .reserved, .secureConnection,
    .multiStatements, .multiResults, .preparedMultiResults, .pluginAuthentication, .connectAttributes,
    .longAuthenticationData, .expiredPasswords, .sessionTrack, .deprecateEOF, .optionalMetadata,
    .queryAttributes, .multiFactor,
  ]

  /// What MariaDB 11 offers. It never sets CLIENT_MYSQL.
  static let mariadbServer: Self = mysqlServer.subtracting([
    .mysql, .queryAttributes, .multiFactor, .optionalMetadata,
  ]).union([.mariadbProgress, .mariadbBulk, .mariadbExtendedMetadata, .mariadbCacheMetadata])
}

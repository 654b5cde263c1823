import MySQLWire

extension Capabilities {
  private static let always: Self = [.protocol41, .secureConnection, .transactions, .multiResults]

  /// The capabilities that change how something is read or written, one for each bit of the choices.
  private static let chosen: [Self] = [
    .deprecateEOF, .localFiles, .sessionTrack, .pluginAuthentication, .multiFactor, .queryAttributes,
    .mariadbProgress, .mariadbExtendedMetadata, .mariadbCacheMetadata, .mariadbBulk, .connectWithDatabase,
    .connectAttributes, .longAuthenticationData, .mysql, .longFlag, .preparedMultiResults,
  ]

  init(choices: UInt16) {
    self = Self.always
    for (bit, capability) in Self.chosen.enumerated() where choices >> UInt16(bit) & 1 == 1 {
      insert(capability)
    }
  }

  var choices: UInt16 {
    Self.chosen.enumerated().reduce(0) { contains($1.element) ? $0 | 1 << UInt16($1.offset) : $0 }
  }
}

extension Capabilities {
  /// All capabilities that this library supports and has no reason to omit.
  package static let standard: Self = [
    .mysql, .longFlag, .connectWithDatabase, .protocol41, .transactions, .secureConnection, .multiResults,
    .preparedMultiResults, .pluginAuthentication, .connectAttributes, .longAuthenticationData,
    .expiredPasswords, .sessionTrack, .deprecateEOF, .queryAttributes, .multiFactor, .mariadbProgress,
    .mariadbBulk, .mariadbExtendedMetadata, .mariadbCacheMetadata,
  ]
}

import MySQLWire

extension FieldText {
  private static let statusNames: [(StatusFlags, String)] = [
    (.inTransaction, "in_transaction"), (.autocommit, "autocommit"), (.moreResults, "more_results"),
    (.noGoodIndexUsed, "no_good_index"), (.noIndexUsed, "no_index"), (.cursorExists, "cursor"),
    (.lastRowSent, "last_row"), (.databaseDropped, "database_dropped"),
    (.noBackslashEscapes, "no_backslash_escapes"), (.metadataChanged, "metadata_changed"),
    (.querySlow, "slow"), (.outParameters, "out_parameters"),
    (.inReadOnlyTransaction, "read_only_transaction"), (.sessionStateChanged, "session_changed"),
  ]

  private static let capabilityNames: [(Capabilities, String)] = [
    (.mysql, "mysql"), (.foundRows, "found_rows"), (.longFlag, "long_flag"),
    (.connectWithDatabase, "connect_with_db"), (.noSchema, "no_schema"), (.compress, "compress"),
    (.odbc, "odbc"), (.localFiles, "local_files"), (.ignoreSpace, "ignore_space"),
    (.protocol41, "protocol_41"), (.interactive, "interactive"), (.tls, "ssl"),
    (.ignoreSigpipe, "ignore_sigpipe"), (.transactions, "transactions"), (.reserved, "reserved"),
    (.secureConnection, "secure_connection"), (.multiStatements, "multi_statements"),
    (.multiResults, "multi_results"), (.preparedMultiResults, "ps_multi_results"),
    (.pluginAuthentication, "plugin_auth"), (.connectAttributes, "connect_attrs"),
    (.longAuthenticationData, "auth_lenenc"), (.expiredPasswords, "expired_passwords"),
    (.sessionTrack, "session_track"), (.deprecateEOF, "deprecate_eof"),
    (.optionalMetadata, "optional_metadata"), (.zstd, "zstd"), (.queryAttributes, "query_attributes"),
    (.multiFactor, "multi_factor"), (.capabilityExtension, "capability_extension"),
    (.verifyServerCertificate, "verify_server_cert"), (.rememberOptions, "remember_options"),
    (.mariadbProgress, "mariadb_progress"), (.mariadbMultiCommand, "mariadb_multi_command"),
    (.mariadbBulk, "mariadb_bulk"), (.mariadbExtendedMetadata, "mariadb_extended_metadata"),
    (.mariadbCacheMetadata, "mariadb_cache_metadata"),
    (.mariadbBulkUnitResults, "mariadb_bulk_unit_results"),
  ]

  static func names(of status: StatusFlags) -> String { names(statusNames, in: status) }
  static func names(of capabilities: Capabilities) -> String { names(capabilityNames, in: capabilities) }

  private static func names<Flags: OptionSet>(_ all: [(Flags, String)], in flags: Flags) -> String
  where Flags.Element == Flags {
    let names = all.filter { flags.contains($0.0) }.map(\.1)
    return names.isEmpty ? "none" : names.joined(separator: ",")
  }
}

/// The capabilities that client and server agree on: the server offers a set in its greeting, and the client replies
/// with a subset. MySQL and MariaDB share bits 0 to 31; bits 32 and up are MariaDB's own and have a separate field.
package struct Capabilities: OptionSet, Hashable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// CLIENT_LONG_PASSWORD in MySQL, CLIENT_MYSQL in MariaDB: a server that clears it is MariaDB and has
  /// extended capabilities.
  package static let mysql = Self(rawValue: 1 << 0)
  /// CLIENT_FOUND_ROWS: affected rows counts the rows found, not the rows changed.
  package static let foundRows = Self(rawValue: 1 << 1)
  /// CLIENT_LONG_FLAG: column flags of two bytes.
  package static let longFlag = Self(rawValue: 1 << 2)
  /// CLIENT_CONNECT_WITH_DB: the login names a database.
  package static let connectWithDatabase = Self(rawValue: 1 << 3)
  /// CLIENT_NO_SCHEMA
  package static let noSchema = Self(rawValue: 1 << 4)
  /// CLIENT_COMPRESS: zlib.
  package static let compress = Self(rawValue: 1 << 5)
  /// CLIENT_ODBC
  package static let odbc = Self(rawValue: 1 << 6)
  /// CLIENT_LOCAL_FILES: the server may ask the client for a file.
  package static let localFiles = Self(rawValue: 1 << 7)
  /// CLIENT_IGNORE_SPACE
  package static let ignoreSpace = Self(rawValue: 1 << 8)
  /// CLIENT_PROTOCOL_41: the protocol of MySQL 4.1 and later, which is required.
  package static let protocol41 = Self(rawValue: 1 << 9)
  /// CLIENT_INTERACTIVE: interactive_timeout instead of wait_timeout.
  package static let interactive = Self(rawValue: 1 << 10)
  /// CLIENT_SSL
  package static let tls = Self(rawValue: 1 << 11)
  /// CLIENT_IGNORE_SIGPIPE
  package static let ignoreSigpipe = Self(rawValue: 1 << 12)
  /// CLIENT_TRANSACTIONS: status flags in OK packets.
  package static let transactions = Self(rawValue: 1 << 13)
  /// CLIENT_RESERVED
  package static let reserved = Self(rawValue: 1 << 14)
  /// CLIENT_SECURE_CONNECTION (RESERVED2): challenge and response of 20 bytes.
  package static let secureConnection = Self(rawValue: 1 << 15)
  /// CLIENT_MULTI_STATEMENTS
  package static let multiStatements = Self(rawValue: 1 << 16)
  /// CLIENT_MULTI_RESULTS
  package static let multiResults = Self(rawValue: 1 << 17)
  /// CLIENT_PS_MULTI_RESULTS: several results, and OUT parameters, of prepared statements.
  package static let preparedMultiResults = Self(rawValue: 1 << 18)
  /// CLIENT_PLUGIN_AUTH
  package static let pluginAuthentication = Self(rawValue: 1 << 19)
  /// CLIENT_CONNECT_ATTRS
  package static let connectAttributes = Self(rawValue: 1 << 20)
  /// CLIENT_PLUGIN_AUTH_LENENC_CLIENT_DATA: the login's answer may be longer than 255 bytes.
  package static let longAuthenticationData = Self(rawValue: 1 << 21)
  /// CLIENT_CAN_HANDLE_EXPIRED_PASSWORDS
  package static let expiredPasswords = Self(rawValue: 1 << 22)
  /// CLIENT_SESSION_TRACK: OK packets list what changed in the session.
  package static let sessionTrack = Self(rawValue: 1 << 23)
  /// CLIENT_DEPRECATE_EOF: OK packets replace EOF packets.
  package static let deprecateEOF = Self(rawValue: 1 << 24)
  /// CLIENT_OPTIONAL_RESULTSET_METADATA
  package static let optionalMetadata = Self(rawValue: 1 << 25)
  /// CLIENT_ZSTD_COMPRESSION_ALGORITHM
  package static let zstd = Self(rawValue: 1 << 26)
  /// CLIENT_QUERY_ATTRIBUTES (MySQL 8.0.23)
  package static let queryAttributes = Self(rawValue: 1 << 27)
  /// MULTI_FACTOR_AUTHENTICATION (MySQL 8.0.27)
  package static let multiFactor = Self(rawValue: 1 << 28)
  /// CLIENT_CAPABILITY_EXTENSION
  package static let capabilityExtension = Self(rawValue: 1 << 29)
  /// CLIENT_SSL_VERIFY_SERVER_CERT: a client-side flag, which the official clients also send.
  package static let verifyServerCertificate = Self(rawValue: 1 << 30)
  /// CLIENT_REMEMBER_OPTIONS: a client-side flag, which the official clients also send.
  package static let rememberOptions = Self(rawValue: 1 << 31)

  /// MARIADB_CLIENT_PROGRESS: progress reports during long statements.
  package static let mariadbProgress = Self(rawValue: 1 << 32)
  /// MARIADB_CLIENT_COM_MULTI: withdrawn, kept for reading old greetings.
  package static let mariadbMultiCommand = Self(rawValue: 1 << 33)
  /// MARIADB_CLIENT_STMT_BULK_OPERATIONS
  package static let mariadbBulk = Self(rawValue: 1 << 34)
  /// MARIADB_CLIENT_EXTENDED_METADATA (10.5): data type names and formats of columns.
  package static let mariadbExtendedMetadata = Self(rawValue: 1 << 35)
  /// MARIADB_CLIENT_CACHE_METADATA (10.6): column definitions may be omitted from prepared results.
  package static let mariadbCacheMetadata = Self(rawValue: 1 << 36)
  /// MARIADB_CLIENT_BULK_UNIT_RESULTS (11.5.1)
  package static let mariadbBulkUnitResults = Self(rawValue: 1 << 37)

  /// The 32 bits that MySQL and MariaDB share.
  package var shared: UInt32 { UInt32(truncatingIfNeeded: rawValue) }
  /// The 32 bits that only MariaDB has.
  package var extended: UInt32 { UInt32(truncatingIfNeeded: rawValue >> 32) }

  package init(shared: UInt32, extended: UInt32 = 0) {
    rawValue = UInt64(shared) | UInt64(extended) << 32
  }
}

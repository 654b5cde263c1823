extension MySQLError {
  /// The number of a server's error. Those that programs look for have names; any other is
  /// `MySQLError.Code(rawValue:)`.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The server's number.
    public let rawValue: UInt16

    /// Makes a code from the server's number.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// ER_CON_COUNT_ERROR: too many connections.
    public static let tooManyConnections = Self(rawValue: 1040)
    /// ER_DBACCESS_DENIED_ERROR: no rights on the database.
    public static let databaseAccessDenied = Self(rawValue: 1044)
    /// ER_ACCESS_DENIED_ERROR: wrong user, host or password.
    public static let accessDenied = Self(rawValue: 1045)
    /// ER_NO_DB_ERROR: no database is selected.
    public static let noDatabaseSelected = Self(rawValue: 1046)
    /// ER_UNKNOWN_COM_ERROR: an unknown command; in a Galera cluster, the node is not ready for any.
    public static let unknownCommand = Self(rawValue: 1047)
    /// ER_BAD_NULL_ERROR: a column cannot be NULL.
    public static let columnCannotBeNull = Self(rawValue: 1048)
    /// ER_BAD_DB_ERROR: there is no such database.
    public static let unknownDatabase = Self(rawValue: 1049)
    /// ER_SERVER_SHUTDOWN: the server is going down.
    public static let serverShutdown = Self(rawValue: 1053)
    /// ER_BAD_FIELD_ERROR: there is no such column.
    public static let unknownColumn = Self(rawValue: 1054)
    /// ER_DUP_ENTRY: a unique key already has the value.
    public static let duplicateEntry = Self(rawValue: 1062)
    /// ER_PARSE_ERROR: the SQL cannot be parsed.
    public static let syntaxError = Self(rawValue: 1064)
    /// ER_HOST_IS_BLOCKED: too many failed connections from this host.
    public static let hostBlocked = Self(rawValue: 1129)
    /// ER_HOST_NOT_PRIVILEGED: this host may not connect.
    public static let hostNotAllowed = Self(rawValue: 1130)
    /// ER_TABLEACCESS_DENIED_ERROR: no rights on the table.
    public static let tableAccessDenied = Self(rawValue: 1142)
    /// ER_NO_SUCH_TABLE: there is no such table.
    public static let noSuchTable = Self(rawValue: 1146)
    /// ER_NET_PACKET_TOO_LARGE: a packet was larger than max_allowed_packet.
    public static let packetTooLarge = Self(rawValue: 1153)
    /// ER_TOO_MANY_USER_CONNECTIONS: the account has as many connections as the server allows it.
    public static let tooManyUserConnections = Self(rawValue: 1203)
    /// ER_LOCK_WAIT_TIMEOUT: a lock wait timed out; the statement was rolled back.
    public static let lockWaitTimeout = Self(rawValue: 1205)
    /// InnoDB has no room for more locks, and has rolled back the transaction.
    public static let lockTableFull = Self(rawValue: 1206)
    /// ER_LOCK_DEADLOCK: the transaction was undone so that another can continue.
    public static let lockDeadlock = Self(rawValue: 1213)
    /// ER_NO_REFERENCED_ROW: a foreign key refers to a row that does not exist; the server does not say which.
    public static let foreignKeyMissingUnnamed = Self(rawValue: 1216)
    /// ER_ROW_IS_REFERENCED: a foreign key of another row refers to this one; the server does not say which.
    public static let foreignKeyReferencedUnnamed = Self(rawValue: 1217)
    /// ER_USER_LIMIT_REACHED: the account has used up one of its own limits.
    public static let userLimitReached = Self(rawValue: 1226)
    /// ER_OPTION_PREVENTS_STATEMENT: an option forbids the statement, such as when the server is read-only.
    public static let optionPreventsStatement = Self(rawValue: 1290)
    /// ER_UNSUPPORTED_PS: the statement cannot be prepared.
    public static let cannotBePrepared = Self(rawValue: 1295)
    /// ER_QUERY_INTERRUPTED: KILL QUERY ended the statement.
    public static let queryInterrupted = Self(rawValue: 1317)
    /// ER_NO_REFERENCED_ROW_2: a foreign key refers to a row that does not exist.
    public static let foreignKeyMissing = Self(rawValue: 1452)
    /// ER_ROW_IS_REFERENCED_2: a foreign key of another row refers to this one.
    public static let foreignKeyReferenced = Self(rawValue: 1451)
    /// ER_DUP_ENTRY_WITH_KEY_NAME: a unique key, which the server names, already has the value.
    public static let duplicateEntryOfKey = Self(rawValue: 1586)
    /// ER_NEED_REPREPARE: a prepared statement must be prepared again.
    public static let mustPrepareAgain = Self(rawValue: 1615)
    /// ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION: the statement writes, and the transaction only reads.
    public static let readOnlyTransaction = Self(rawValue: 1792)
    /// ER_MUST_CHANGE_PASSWORD: the password has expired, and only changing it is allowed.
    public static let mustChangePassword = Self(rawValue: 1820)
    /// ER_READ_ONLY_MODE: the server only reads.
    public static let readOnlyMode = Self(rawValue: 1836)
    /// ER_MUST_CHANGE_PASSWORD_LOGIN: the password has expired.
    public static let passwordExpired = Self(rawValue: 1862)
    /// ER_CONNECTION_KILLED in MariaDB: the connection was killed.
    public static let connectionKilled = Self(rawValue: 1927)
    /// ER_QUERY_TIMEOUT: MAX_EXECUTION_TIME passed.
    public static let executionTimeExceeded = Self(rawValue: 3024)
    /// ER_RUN_HOOK_ERROR: group replication did not let a transaction commit.
    public static let refusedByGroup = Self(rawValue: 3100)
    /// ER_ACCOUNT_HAS_BEEN_LOCKED: the account is locked.
    public static let accountLocked = Self(rawValue: 3118)
    /// ER_SECURE_TRANSPORT_REQUIRED: the account may only connect with TLS.
    public static let secureTransportRequired = Self(rawValue: 3159)
    /// ER_ACCOUNT_HAS_BEEN_LOCKED in MariaDB: the account is locked.
    public static let mariaDBAccountLocked = Self(rawValue: 4151)
    /// ER_CLIENT_INTERACTION_TIMEOUT: MySQL closed the connection for being idle.
    public static let idleTimeout = Self(rawValue: 4031)
  }
}

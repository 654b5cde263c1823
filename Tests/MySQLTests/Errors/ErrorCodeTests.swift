import MySQL
import Testing

@Suite(.busy) struct ErrorCodeTests {
  /// The codes with names of their own, by what the servers call them.
  private static let named: [(MySQLError.Code, String)] = [
    (.tooManyConnections, "ER_CON_COUNT_ERROR"), (.databaseAccessDenied, "ER_DBACCESS_DENIED_ERROR"),
    (.accessDenied, "ER_ACCESS_DENIED_ERROR"), (.noDatabaseSelected, "ER_NO_DB_ERROR"),
    (.columnCannotBeNull, "ER_BAD_NULL_ERROR"), (.unknownDatabase, "ER_BAD_DB_ERROR"),
    (.serverShutdown, "ER_SERVER_SHUTDOWN"), (.unknownColumn, "ER_BAD_FIELD_ERROR"),
    (.duplicateEntry, "ER_DUP_ENTRY"), (.syntaxError, "ER_PARSE_ERROR"), (.hostBlocked, "ER_HOST_IS_BLOCKED"),
    (.hostNotAllowed, "ER_HOST_NOT_PRIVILEGED"), (.tableAccessDenied, "ER_TABLEACCESS_DENIED_ERROR"),
    (.noSuchTable, "ER_NO_SUCH_TABLE"), (.packetTooLarge, "ER_NET_PACKET_TOO_LARGE"),
    (.tooManyUserConnections, "ER_TOO_MANY_USER_CONNECTIONS"), (.lockWaitTimeout, "ER_LOCK_WAIT_TIMEOUT"),
    (.lockTableFull, "ER_LOCK_TABLE_FULL"), (.lockDeadlock, "ER_LOCK_DEADLOCK"),
    (.foreignKeyMissingUnnamed, "ER_NO_REFERENCED_ROW"),
    (.foreignKeyReferencedUnnamed, "ER_ROW_IS_REFERENCED"),
    (.userLimitReached, "ER_USER_LIMIT_REACHED"), (.optionPreventsStatement, "ER_OPTION_PREVENTS_STATEMENT"),
    (.cannotBePrepared, "ER_UNSUPPORTED_PS"), (.queryInterrupted, "ER_QUERY_INTERRUPTED"),
    (.foreignKeyMissing, "ER_NO_REFERENCED_ROW_2"), (.foreignKeyReferenced, "ER_ROW_IS_REFERENCED_2"),
    (.duplicateEntryOfKey, "ER_DUP_ENTRY_WITH_KEY_NAME"), (.mustPrepareAgain, "ER_NEED_REPREPARE"),
    (.mustChangePassword, "ER_MUST_CHANGE_PASSWORD"), (.passwordExpired, "ER_MUST_CHANGE_PASSWORD_LOGIN"),
    (.connectionKilled, "ER_CONNECTION_KILLED"), (.executionTimeExceeded, "ER_QUERY_TIMEOUT"),
    (.accountLocked, "ER_ACCOUNT_HAS_BEEN_LOCKED"), (.mariaDBAccountLocked, "ER_ACCOUNT_HAS_BEEN_LOCKED"),
    (.secureTransportRequired, "ER_SECURE_TRANSPORT_REQUIRED"),
    (.idleTimeout, "ER_CLIENT_INTERACTION_TIMEOUT"),
  ]

  @Test func namedCodesHaveTheNumbersOfTheServers() {
    for (code, name) in Self.named {
      let names = [code.name(onMariaDB: true), code.name(onMariaDB: false)]
      #expect(names.contains(name), "\(code.rawValue): \(names)")
    }
    #expect(Set(Self.named.map(\.0)).count == Self.named.count)
  }

  @Test func anErrorByHandSaysHowFarItCame() {
    let server = MySQLError.Server(code: .lockDeadlock, sqlState: "40001", message: "Deadlock found")
    let error = MySQLError(.server, "", server: server, reach: .answered, statement: "UPDATE t SET n = 1")
    #expect(error.kind == .server && error.reach == .answered && error.server?.code == .lockDeadlock)
    #expect(MySQLError(.encoding, "it failed").reach == .notSent)
  }
}

extension ServerScript {
  /// What a client asks a server to do.
  public enum Command: Sendable, Equatable {
    /// COM_QUERY
    case query(String)
    /// COM_STMT_PREPARE
    case prepare(String)
    /// COM_STMT_EXECUTE. Parameters that were sent ahead are NULL here.
    case execute(statement: UInt32, parameters: [Cell])
    /// COM_STMT_BULK_EXECUTE (MariaDB), with the values as they were sent.
    case executeBulk(statement: UInt32, raw: [UInt8])
    /// COM_STMT_SEND_LONG_DATA, which has no answer.
    case sendLongData(statement: UInt32, parameter: Int, [UInt8])
    /// COM_STMT_FETCH
    case fetch(statement: UInt32, rows: Int)
    /// COM_STMT_RESET
    case resetStatement(UInt32)
    /// COM_STMT_CLOSE, which has no answer.
    case closeStatement(UInt32)
    /// COM_INIT_DB
    case useDatabase(String)
    /// COM_PING
    case ping
    /// COM_STATISTICS
    case statistics
    /// COM_SET_OPTION
    case setMultiStatements(Bool)
    /// COM_RESET_CONNECTION
    case resetConnection
    /// COM_CHANGE_USER
    case changeUser(user: String, database: String?)
    /// COM_QUIT, after which the server closes the connection.
    case quit
    /// A command that this module cannot read, with its whole payload.
    case other([UInt8])
  }
}

extension ServerScript.Command {
  /// Whether it is a statement that swift-mysql sends on its own: before the first command of a session, or before the
  /// first large one. For the latter, an OK in place of rows means that the server has no limit.
  var isSetup: Bool {
    guard case .query(let sql) = self else { return false }
    return sql.hasPrefix("SET NAMES utf8mb4") || sql.hasPrefix("SET session_track_schema = ON")
      || sql == "SELECT @@max_allowed_packet"
  }

  /// Whether a server replies to it.
  var hasAnswer: Bool {
    switch self {
    case .closeStatement, .sendLongData, .quit: false
    default: true
    }
  }
}

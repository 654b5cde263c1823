import MySQLWire
import Synchronization

/// What a client asks a server to do.
public enum ServerCommand: Sendable, Equatable {
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

extension ServerCommand {
  init(payload: [UInt8], _ commands: inout CommandReader) {
    if let command = try? commands.read(payload), let readable = try? ServerCommand(command) {
      self = readable
    } else {
      self = .other(payload)
    }
  }

  private init(_ command: Command) throws(Violation) {
    switch command {
    case .query(let sql, _): self = .query(String(decoding: sql, as: UTF8.self))
    case .prepare(let sql): self = .prepare(String(decoding: sql, as: UTF8.self))
    case .execute(let execution):
      let parameters = try execution.parameters.decoded().map { Cell($0) }
      self = .execute(statement: execution.statement, parameters: parameters)
    case .executeBulk(let execution): self = .executeBulk(statement: execution.statement, raw: execution.rows)
    case .sendLongData(let statement, let parameter, let bytes):
      self = .sendLongData(statement: statement, parameter: Int(parameter), bytes)
    case .fetch(let statement, let rows, _): self = .fetch(statement: statement, rows: Int(rows))
    case .resetStatement(let id): self = .resetStatement(id)
    case .closeStatement(let id): self = .closeStatement(id)
    case .useDatabase(let name): self = .useDatabase(String(decoding: name, as: UTF8.self))
    case .ping: self = .ping
    case .statistics: self = .statistics
    case .setMultiStatements(let isOn): self = .setMultiStatements(isOn)
    case .resetConnection: self = .resetConnection
    case .changeUser(let settings):
      let database = settings.database.flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
      self = .changeUser(user: String(decoding: settings.user, as: UTF8.self), database: database)
    case .quit: self = .quit
    }
  }
}

extension ScriptedConnection {
  /// Reads the client's next command. Waits up to the timeout, or without one until the connection ends.
  ///
  /// The statements that swift-mysql sends on its own (see `answersSetup`) are answered with OK and not returned.
  ///
  /// The parameters of an execution can be read if the statement was prepared with `sendPrepared`, or else
  /// if only one number of parameters fits the command.
  public func readCommand(timeout: Duration? = nil) throws(TestServerError) -> ServerCommand {
    while true {
      let payload = try readPacket(timeout: timeout)
      let (command, answersSetup) = state.withLock { state in
        (ServerCommand(payload: payload, &state.commands), state.answersSetup)
      }
      guard answersSetup, command.isSetup else { return command }
      try sendOK()
    }
  }
}

extension ServerCommand {
  /// Whether it is a statement that swift-mysql sends on its own: before the first command of a session, or before the
  /// first large one. For the latter, an OK in place of rows means that the server has no limit.
  var isSetup: Bool {
    guard case .query(let sql) = self else { return false }
    return sql.hasPrefix("SET NAMES utf8mb4") || sql.hasPrefix("SET session_track_schema = ON")
      || sql == "SELECT @@max_allowed_packet"
  }
}

/// The first byte of a command.
package enum CommandCode: UInt8, Sendable {
  /// COM_QUIT
  case quit = 0x01
  /// COM_INIT_DB
  case useDatabase = 0x02
  /// COM_QUERY
  case query = 0x03
  /// COM_STATISTICS
  case statistics = 0x09
  /// COM_PING
  case ping = 0x0E
  /// COM_CHANGE_USER
  case changeUser = 0x11
  /// COM_STMT_PREPARE
  case prepare = 0x16
  /// COM_STMT_EXECUTE
  case execute = 0x17
  /// COM_STMT_SEND_LONG_DATA
  case sendLongData = 0x18
  /// COM_STMT_CLOSE
  case closeStatement = 0x19
  /// COM_STMT_RESET
  case resetStatement = 0x1A
  /// COM_SET_OPTION
  case setOption = 0x1B
  /// COM_STMT_FETCH
  case fetch = 0x1C
  /// COM_RESET_CONNECTION
  case resetConnection = 0x1F
  /// COM_STMT_BULK_EXECUTE (MariaDB 10.2)
  case executeBulk = 0xFA
}

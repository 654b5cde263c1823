/// Which statements run, and how they are read, beyond what `Arguments` itself holds.
struct StatementOptions {
  /// Whether UPDATE and DELETE must use a key, and results are limited.
  var isSafe = false
  var selectLimit: UInt64 = 1000
  var maxJoinSize: UInt64 = 1_000_000
  /// Whether statements run only while the database of the command line is in use.
  var isOneDatabase = false
  /// Whether no database is named yet, so that statements are passed over from the start.
  var isBeforeDatabase = false
  /// Whether names of commands are read on each line, not only at the beginning of a statement.
  var hasNamedCommands = false
  /// Whether a script may contain any byte, and `\C` and `delimiter` are its only commands.
  var isBinary = false
  var ignoresSpaces = false
  var ignoresInterrupts = false
  /// Whether commands that use files or the system are refused.
  var isSandboxed = false

  /// The statements that begin a session.
  var initCommands: [String] {
    var commands: [String] = []
    if ignoresSpaces {
      commands.append("SET sql_mode = CONCAT_WS(',', NULLIF(@@sql_mode, ''), 'IGNORE_SPACE')")
    }
    if isSafe {
      commands.append(
        "SET SQL_SAFE_UPDATES=1,SQL_SELECT_LIMIT=\(selectLimit),MAX_JOIN_SIZE=\(maxJoinSize)")
    }
    return commands
  }
}

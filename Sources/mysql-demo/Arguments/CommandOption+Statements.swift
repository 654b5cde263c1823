extension CommandOption {
  /// Which statements run, as in the official command.
  static let ofStatements: [Self] = [
    flag("safe-updates", "U") { $0.rules.isSafe = $1 },
    flag("i-am-a-dummy", "U") { $0.rules.isSafe = $1 },
    size("select-limit") { $0.rules.selectLimit = max($1, 1) },
    size("max-join-size") { $0.rules.maxJoinSize = max($1, 1) },
    flag("one-database", "o") {
      $0.rules.isOneDatabase = $1
      $0.rules.isBeforeDatabase = $1
    },
    flag("named-commands", "G") { $0.rules.hasNamedCommands = $1 },
    flag("binary-mode") { $0.rules.isBinary = $1 },
    flag("ignore-spaces", "i") { $0.rules.ignoresSpaces = $1 },
    flag("sigint-ignore") { $0.rules.ignoresInterrupts = $1 },
    flag("sandbox") { $0.rules.isSandboxed = $1 },
  ]
}

extension CommandOption {
  /// The options of `dump`. Names and letters are mysqldump's, where it has the option. Some of these letters mean
  /// something else to the other commands.
  static let ofDump: [Self] = [
    flag("databases", "B") { $0.dump.namesAreDatabases = $1 },
    flag("all-databases", "A") { $0.dump.isOfAllDatabases = $1 },
    flag("no-data", "d") { $0.dump.hasData = !$1 },
    flag("no-create-info", "t") { $0.dump.hasDefinitions = !$1 },
    flag("triggers") { $0.dump.asksForTriggers = $1 },
    flag("routines", "R") { $0.dump.asksForRoutines = $1 },
    flag("events", "E") { $0.dump.asksForEvents = $1 },
    flag("users") { $0.dump.hasUsers = $1 },
    text("where", "w") { $0.dump.condition = $1 },
    text("ignore-table") { $0.dump.ignoredTables.insert($1) },
    flag("lock-all-tables", "x") { $0.dump.locksAllTables = $1 },
    text("output", "o") { $0.dump.output = $1 },
    text("result-file", "r") { $0.dump.output = $1 },
    // Every dump does this. The options are accepted because scripts use them.
    flag("single-transaction") { _, _ in }, flag("hex-blob") { _, _ in },
  ]
}

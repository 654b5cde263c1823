/// What a dump contains, and where it goes.
struct DumpPlan {
  /// What the command line names: a database and tables of it, or databases.
  var names: [String] = []
  var namesAreDatabases = false
  var isOfAllDatabases = false
  /// Tables that are left out, as `database.table`.
  var ignoredTables: Set<String> = []

  var hasData = true
  var hasDefinitions = true
  /// What the options say; nil if it follows from the other options.
  var asksForTriggers: Bool?
  var asksForRoutines: Bool?
  var asksForEvents: Bool?
  var hasUsers = false
  /// The condition that rows must meet to be dumped.
  var condition: String?

  var locksAllTables = false
  /// The file; nil for standard output.
  var output: String?

  /// Whether the dump creates its databases and selects them. Otherwise the tables go into whatever database is in use.
  var createsDatabases: Bool { namesAreDatabases || isOfAllDatabases }

  /// The tables that the command line names, all of the one database; nil for all tables.
  var tables: Set<String>? {
    createsDatabases || names.count < 2 ? nil : Set(names.dropFirst())
  }

  var hasTriggers: Bool { asksForTriggers ?? hasDefinitions }
  var hasRoutines: Bool { asksForRoutines ?? (hasDefinitions && tables == nil) }
  var hasEvents: Bool { asksForEvents ?? (hasDefinitions && tables == nil) }
}

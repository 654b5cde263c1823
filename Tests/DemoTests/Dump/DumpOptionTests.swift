import Testing

@testable import mysql_demo

extension Demo {
  /// The options of `dump` and `restore`.
  @Suite struct DumpOptions {
    private func read(
      _ words: [String], for subcommand: Arguments.Subcommand = .dump
    ) throws -> Arguments {
      try ArgumentReader.read(words.map { Array($0.utf8) }, isTerminal: false, for: subcommand).0
    }

    @Test func aDatabaseIsDumpedWithAllThatIsInIt() throws {
      let plan = try read(["shop"]).dump
      #expect(plan.names == ["shop"] && plan.tables == nil && !plan.createsDatabases)
      #expect(plan.hasData && plan.hasDefinitions)
      #expect(plan.hasTriggers && plan.hasRoutines && plan.hasEvents && !plan.hasUsers)
    }

    @Test func tablesAreDumpedOnlyWithTheirTriggers() throws {
      let plan = try read(["shop", "users", "orders"]).dump
      #expect(plan.tables == ["users", "orders"])
      #expect(plan.hasTriggers && !plan.hasRoutines && !plan.hasEvents)
      #expect(try read(["--routines", "shop", "users"]).dump.hasRoutines)
    }

    @Test func databasesThatAreNamedAsSuchAreCreated() throws {
      let plan = try read(["--databases", "shop", "blog"]).dump
      #expect(plan.createsDatabases && plan.tables == nil && plan.names == ["shop", "blog"])
      #expect(try read(["-A"]).dump.isOfAllDatabases)
    }

    @Test func withoutDefinitionsThereAreOnlyRows() throws {
      let plan = try read(["-t", "shop"]).dump
      #expect(plan.hasData && !plan.hasDefinitions)
      #expect(!plan.hasTriggers && !plan.hasRoutines && !plan.hasEvents)
      #expect(try read(["--no-create-info", "--triggers", "shop"]).dump.hasTriggers)
      #expect(try !read(["--skip-triggers", "shop"]).dump.hasTriggers)
    }

    @Test func lettersAreThoseOfMysqldump() throws {
      let plan = try read(["-BdRExw", "a > 1", "-r", "f.sql", "shop"]).dump
      #expect(plan.namesAreDatabases && !plan.hasData && plan.locksAllTables)
      #expect(plan.asksForRoutines == true && plan.asksForEvents == true)
      #expect(plan.condition == "a > 1" && plan.output == "f.sql")
    }

    @Test func restoreReadsOneFile() throws {
      let arguments = try read(["-Dshop", "shop.sql"], for: .restore)
      #expect(arguments.dumpFile == "shop.sql" && arguments.database == Array("shop".utf8))
      #expect(try read([], for: .restore).dumpFile == nil)
      #expect(throws: ArgumentError.self) { try read(["a.sql", "b.sql"], for: .restore) }
    }

    @Test func areUnknownElsewhere() throws {
      let error = try #require(throws: ArgumentError.self) { try read(["--users"], for: .restore) }
      #expect(error.exitCode == 2)
    }
  }
}

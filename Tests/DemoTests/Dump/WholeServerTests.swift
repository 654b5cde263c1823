#if os(Linux)
  import Foundation
  import MySQL
  import Testing

  extension Demo {
    /// Dumps that lock a whole server or read all of it, which is therefore one of their own.
    @Suite(
      .live(if: !OwnServer.kinds.isEmpty, .noOwnServers),
      .tags(.ownServers), OwnServers { _ in [] })
    struct WholeServer {
      private func run(_ kind: OwnServer.Kind, _ folder: Folder) throws -> DumpRun {
        let port = try OwnServers.running(kind).port
        let url = "\(kind)://root@127.0.0.1:\(port)/?get-server-public-key=true"
        return DumpRun(server: DemoServer(configuration: try MySQLConfiguration(url: url)), folder: folder)
      }

      @Test(arguments: OwnServer.kinds)
      func nobodyWritesWhileAllTablesAreLocked(_ kind: OwnServer.Kind) async throws {
        let folder = try Folder()
        defer { folder.remove() }
        let run = try run(kind, folder)
        try await run.create("demo_locked")
        // More bytes than a pipe holds. The dump reads the second table after it has written the first.
        let rows = (1...400).map { "(\($0), REPEAT('x', 2000))" }.joined(separator: ",")
        try await run.server.run(
          "CREATE TABLE demo_locked.a (id INT, filler TEXT) ENGINE = MyISAM",
          MySQLQuery(unsafe: "INSERT INTO demo_locked.a VALUES \(rows)"),
          "CREATE TABLE demo_locked.b (id INT) ENGINE = MyISAM")
        for (options, isLocked) in [([], false), (["--lock-all-tables"], true), (["-x"], true)] {
          try await run.server.run("TRUNCATE TABLE demo_locked.b")
          let dump = try StalledDump(run.server, options + ["demo_locked"])
          let failure = await failureOfInsert(run.server)
          #expect(
            failure?.server?.code == (isLocked ? .lockWaitTimeout : nil), "\(options): \(failure as Any)")
          let (text, exitCode) = dump.end()
          #expect(exitCode == 0 && text.hasSuffix("\n-- Dump completed\n"))
          #expect(text.contains("INSERT INTO `b`") == !isLocked, "\(options)")
          #expect(await failureOfInsert(run.server) == nil, "\(options)")
        }
        let note = "demo_locked.b (MyISAM) is not part of the snapshot"
        #expect(try run.ours("dump", "demo_locked").errorText.contains(note))
        #expect(try run.ours("dump", "-x", "demo_locked").errors.isEmpty)
      }

      /// Returns why a row cannot be written within a second.
      private func failureOfInsert(_ server: DemoServer) async -> MySQLError? {
        do {
          try await server.run("SET SESSION lock_wait_timeout = 1", "INSERT INTO demo_locked.b VALUES (1)")
          return nil
        } catch {
          return error as? MySQLError
        }
      }

      @Test(arguments: OwnServer.kinds)
      func allDatabasesComeBackButNotTheServersOwn(_ kind: OwnServer.Kind) async throws {
        let folder = try Folder()
        defer { folder.remove() }
        let run = try run(kind, folder)
        let names = ["demo_first", "demo_second"]
        for name in names {
          try await run.create(name)
          try await run.server.run(
            MySQLQuery(unsafe: "CREATE TABLE \(name).t (a INT)"),
            MySQLQuery(unsafe: "INSERT INTO \(name).t VALUES (1), (2)"),
            MySQLQuery(unsafe: "CREATE TABLE \(name).left_out (a INT)"),
            MySQLQuery(unsafe: "CREATE VIEW \(name).v AS SELECT a FROM \(name).t"))
        }
        let some = try run.ours(
          "dump", "-A", "--ignore-table=demo_first.left_out", "--ignore-table=demo_second.v")
        // A database's views come after the tables of all.
        let parts = some.outputText.components(separatedBy: "\nUSE `")
        for (name, hasTable, hasView) in [("demo_first", false, true), ("demo_second", true, false)] {
          let part = parts.filter { $0.hasPrefix(name + "`;") }.joined()
          #expect(part.contains("CREATE TABLE `t`"))
          #expect(
            part.contains("CREATE TABLE `left_out`") == hasTable && part.contains("VIEW `v`") == hasView)
        }
        for name in names { try await run.server.run(MySQLQuery(unsafe: "DROP TABLE \(name).left_out")) }
        var before: [DatabaseFingerprint] = []
        for name in names { before.append(try await DatabaseFingerprint.of(name, on: run.server)) }
        let dump = try run.ours("dump", "--all-databases")
        try #require(dump.exitCode == 0, "\(dump.errorText)")
        let used = dump.outputText.matches(of: /\nUSE `(\w+)`;/).map { String($0.1) }
        #expect(Set(used).isDisjoint(with: ["mysql", "sys", "performance_schema", "information_schema"]))
        #expect(Set(used).isSuperset(of: names), "\(used)")
        try await run.drop("demo_first", "demo_second")
        let restored = try run.ours("restore", input: dump.output)
        #expect(restored.exitCode == 0 && restored.errors.isEmpty, "\(restored.errorText)")
        for (name, print) in zip(names, before) {
          #expect(try await DatabaseFingerprint.of(name, on: run.server) == print)
        }
      }
    }
  }

  /// A dump into a pipe, which stops there as soon as the pipe is full.
  private struct StalledDump {
    private let process = Process()
    private let pipe = Pipe()
    private let start: Data

    /// Returns when the first bytes have come: the dump has its snapshot by then, and its locks.
    init(_ server: DemoServer, _ words: [String]) throws {
      process.executableURL = CommandRun.demo
      process.arguments = ["dump"] + server.arguments + server.ownArguments + words
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = pipe
      process.standardError = FileHandle.nullDevice
      try process.run()
      start = pipe.fileHandleForReading.readData(ofLength: 1)
    }

    /// Reads the rest, and waits for the end.
    func end() -> (text: String, exitCode: Int32) {
      let rest = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (String(decoding: start + rest, as: UTF8.self), process.terminationStatus)
    }
  }
#endif

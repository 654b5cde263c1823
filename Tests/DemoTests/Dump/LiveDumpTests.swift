import Foundation
import MySQL
import Testing

extension Demo {
  @Suite(.live) struct LiveDumps {
    /// The sum over two tables stays the same in every transaction, so it must be the same in every dump.
    @Test(arguments: DemoServer.all)
    func aDumpIsOneStateWhileOthersWrite(_ server: DemoServer) async throws {
      try await DumpRun.with(server, databases: "demo_moving", "demo_still") { run in
        // Many rows, so that a dump takes some time.
        let rows = (1...400).map { "(\($0), 1000, REPEAT('x', 2000))" }.joined(separator: ",")
        for table in ["a", "b"] {
          try await server.run(
            MySQLQuery(unsafe: "CREATE TABLE demo_moving.\(table) (id INT PRIMARY KEY, n INT, filler TEXT)"),
            MySQLQuery(unsafe: "INSERT INTO demo_moving.\(table) VALUES \(rows)"))
        }
        let isOver = Locked(false)
        defer { isOver.withLock { $0 = true } }
        let writers = (1...8).map { number in
          Task.detached {
            try await MySQLConnection.with(server.configuration) { connection in
              var moved = 0
              while !isOver.withLock({ $0 }) {
                let (from, to) = (number * 40 + moved % 40, number * 40 + (moved + 7) % 40)
                try await connection.withTransaction(retries: 5) { transaction in
                  try await transaction.execute("UPDATE demo_moving.a SET n = n - 1 WHERE id = \(from)")
                  try await transaction.execute("UPDATE demo_moving.b SET n = n + 1 WHERE id = \(to)")
                }
                moved += 1
              }
              return moved
            }
          }
        }
        var sums: Set<Int> = []
        for _ in 1...(Pass.isLongRun ? 20 : 3) {
          let dump = try run.ours("dump", "demo_moving")
          #expect(dump.exitCode == 0, "\(dump.errorText)")
          try await run.create("demo_still")
          let restored = try run.ours("restore", "-Ddemo_still", input: dump.output)
          #expect(restored.exitCode == 0, "\(restored.errorText)")
          let (a, b) = try await MySQLConnection.with(server.configuration) { connection in
            try await connection.query(
              "SELECT (SELECT SUM(n) FROM demo_still.a), (SELECT SUM(n) FROM demo_still.b)"
            ).collect()[0].decode((Int, Int).self)
          }
          #expect(a + b == 800_000)
          sums.insert(a)
        }
        isOver.withLock { $0 = true }
        for writer in writers { #expect(try await writer.value > 0) }
        #expect(sums.count > 1, "nothing was written meanwhile")
      }
    }

    @Test(arguments: DemoServer.all)
    func aRestoreNamesTheStatementThatFails(_ server: DemoServer) async throws {
      try await DumpRun.with(server, databases: "demo_place") { run in
        var text = "CREATE TABLE t (a INT PRIMARY KEY);\n\n"
        for number in 3...50 { text += "INSERT INTO t VALUES (\(number));\n" }
        text += "INSERT INTO t\nVALUES\n(7);\n"
        for number in 100...200 { text += "INSERT INTO t VALUES (\(number));\n" }
        let path = try run.folder.write(text + "-- Dump completed\n", "place.sql")
        let failed = try run.ours("restore", "-Ddemo_place", path)
        #expect(failed.exitCode == 1)
        #expect(failed.errorText.hasPrefix("mysql-demo: \(path):51: ERROR 1062 (23000): Duplicate entry '7'"))
        #expect(failed.errorText.contains("\n  the statement begins: INSERT INTO t VALUES (7)\n"))
        #expect(try await count("demo_place.t", on: server) == 48)
        let refused = try run.ours("restore", "-Ddemo_place", input: Data("\nSELEKT 1;\n".utf8))
        #expect(refused.errorText.hasPrefix("mysql-demo: standard input:2: ERROR 1064 (42000): "))
      }
    }

    @Test(arguments: DemoServer.all)
    func aDumpThatWasCutOffIsNoticed(_ server: DemoServer) async throws {
      try await DumpRun.with(server, databases: "demo_cut") { run in
        try await server.run("CREATE TABLE demo_cut.t (a INT)", "INSERT INTO demo_cut.t VALUES (1), (2), (3)")
        let dump = try run.ours("dump", "demo_cut").output
        let end = try #require(dump.range(of: Data("(3)".utf8)))
        let inStatement = try run.ours("restore", "-Ddemo_cut", input: dump[..<end.lowerBound])
        #expect(inStatement.exitCode == 1)
        #expect(inStatement.errorText.contains("the file ends within a statement, which was not run"))
        #expect(try await count("demo_cut.t", on: server) == 0)
        let afterStatement = try run.ours("restore", "-Ddemo_cut", input: dump[..<(end.upperBound + 2)])
        #expect(afterStatement.exitCode == 0)
        #expect(afterStatement.errorText.contains("does not end with “-- Dump completed”"))
        #expect(try await count("demo_cut.t", on: server) == 3)
      }
    }

    @Test(arguments: DemoServer.all)
    func aDumpThatFailsLeavesNoFile(_ server: DemoServer) async throws {
      try await DumpRun.with(server, databases: "demo_broken") { run in
        try await server.run(
          "CREATE TABLE demo_broken.a (a INT)", "INSERT INTO demo_broken.a VALUES (1)",
          "CREATE TABLE demo_broken.b (a INT)", "CREATE VIEW demo_broken.v AS SELECT a FROM demo_broken.b",
          "DROP TABLE demo_broken.b")
        let path = try run.folder.write("what was there before", "dump.sql")
        for (arguments, message) in [
          (["demo_broken"], "demo_broken.v: ERROR 1356"), (["demo_broken", "nosuch"], "there is no table"),
          (["demo_nosuch"], "there is no database demo_nosuch"), ([], "dump takes a database"),
        ] {
          let failed = try CommandRun.of(CommandRun.demo, run.words("dump", ["-o", path] + arguments))
          #expect(failed.exitCode == 1)
          #expect(failed.errorText.contains(message), "\(failed.errorText)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: run.folder.path) == ["dump.sql"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "what was there before")
        let toOutput = try run.ours("dump", "demo_broken")
        #expect(toOutput.exitCode == 1 && !toOutput.outputText.contains("-- Dump completed"))
        #expect(try run.ours("dump", "--ignore-table=demo_broken.v", "demo_broken").exitCode == 0)
        let full = try CommandRun.onFullDisk(run.words("dump", ["demo_broken", "a"]))
        #expect(full.exitCode == 1 && full.errorText.contains("No space left on device"))
      }
    }

    @Test(
      .tags(.measured), .notUnder(.address, .thread), .measuringCommands, arguments: DemoServer.all)
    func memoryStaysFlat(_ server: DemoServer) async throws {
      try await DumpRun.with(server, databases: "demo_flat", "demo_flat_copy") { run in
        try await server.run(
          "CREATE TABLE demo_flat.t (id INT AUTO_INCREMENT PRIMARY KEY, t TEXT, b BLOB)",
          "INSERT INTO demo_flat.t (t, b) VALUES (REPEAT('some text ', 600), REPEAT(0x00FF, 1000))")
        // As many rows of 8000 bytes as 64 MiB, or 1 GiB, has.
        for _ in 1...(Pass.isLongRun ? 17 : 13) {
          try await server.run("INSERT INTO demo_flat.t (t, b) SELECT t, b FROM demo_flat.t")
        }
        let path = run.file("flat.sql")
        for (subcommand, arguments) in [
          ("dump", ["-o", path, "demo_flat"]), ("restore", ["-Ddemo_flat_copy", path]),
        ] {
          let cost = try CommandCost.of(CommandRun.demo, run.words(subcommand, arguments), into: "/dev/null")
          #expect(cost.kibibytes < 40 << 10, "\(subcommand): \(cost)")
          print("\(subcommand) at \(server): \(cost)")
        }
        #expect(try await checksum("demo_flat.t", on: server) == checksum("demo_flat_copy.t", on: server))
      }
    }

    private func count(_ table: String, on server: DemoServer) async throws -> Int {
      try await MySQLConnection.with(server.configuration) { connection in
        try await connection.query(MySQLQuery(unsafe: "SELECT COUNT(*) FROM \(table)")).collect()[0].decode(
          Int.self)
      }
    }

    private func checksum(_ table: String, on server: DemoServer) async throws -> Int {
      try await MySQLConnection.with(server.configuration) { connection in
        try await connection.query(MySQLQuery(unsafe: "CHECKSUM TABLE \(table)")).collect()[0].decode(at: 1)
      }
    }
  }
}

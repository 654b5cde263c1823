import Foundation
import MySQL
import Testing

extension Demo {
  @Suite(.live, .official, .notUnder(.address)) struct MillionRows {
    private static let query = """
      SELECT n AS id, CONCAT('name ', n) AS name, n * 1.5e0 AS d, SHA2(n, 224) AS h, IF(n % 7 = 0, NULL, CONCAT('tab\t', n)) AS t
      FROM demo_rows.numbers
      """

    @Test(.measuringCommands, arguments: DemoServer.all)
    func streamAsTheSameBytesInFlatMemory(_ server: DemoServer) async throws {
      try await makeRows(server)
      let official = try #require(CommandRun.official)
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rows-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let files = ["theirs", "ours"].map { folder.appendingPathComponent($0).path }
      var (theirs, ours, idle) = (CommandCost.most, CommandCost.most, CommandCost.most)
      // The least of three, because other programs run too.
      for _ in 1...3 {
        theirs = theirs.least(try cost(of: official, server.arguments, into: files[0]))
        ours = ours.least(
          try cost(of: CommandRun.demo, server.arguments + server.ownArguments, into: files[1]))
        idle = idle.least(
          try cost(
            of: CommandRun.demo, server.arguments + server.ownArguments, "SELECT 1",
            into: folder.path + "/one"))
      }
      try await server.run("DROP DATABASE demo_rows")
      #expect(FileManager.default.contentsEqual(atPath: files[0], andPath: files[1]))
      // The program's own memory grows with its code; the rows must not add to it.
      #expect(
        ours.kibibytes - idle.kibibytes < 8 << 10, "\(ours.kibibytes) KiB, \(idle.kibibytes) KiB for one row")
      #expect(ours.kibibytes < 40 << 10, "\(ours.kibibytes) KiB")
      #expect(
        ours.seconds <= 1.2 * theirs.seconds,
        "\(ours.seconds) s, and the official command \(theirs.seconds) s")
      print("1,000,000 rows from \(server): ours \(ours), the official command \(theirs)")
    }

    private func makeRows(_ server: DemoServer) async throws {
      try await server.run(
        "DROP DATABASE IF EXISTS demo_rows", "CREATE DATABASE demo_rows",
        "CREATE TABLE demo_rows.numbers (n INT PRIMARY KEY)",
        """
        INSERT INTO demo_rows.numbers
        WITH d AS (SELECT 0 AS i UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
          UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)
        SELECT a.i + 10 * b.i + 100 * c.i + 1000 * e.i + 10000 * f.i + 100000 * g.i
        FROM d a, d b, d c, d d, d e, d f, d g WHERE d.i = 0
        """)
    }

    private func cost(
      of command: URL, _ arguments: [String], _ query: String = Self.query, into file: String
    ) throws -> CommandCost {
      try CommandCost.of(command, arguments + ["-B", "-e", query], into: file)
    }
  }
}

import Foundation
import MySQL
import Testing

extension Demo {
  /// The data that MariaDB is tested with, through a dump and back.
  @Suite(
    .live, .official,
    .enabled(
      if: FileManager.default.fileExists(atPath: MariaDBTests.folder),
      "MariaDB's test data is not installed (mariadb-test-data)"))
  struct TestData {
    /// The files that make a database each: TPC-H in small, the cities of the world in latin1 and in UTF-8, and the
    /// database `mysql` of older servers, with tables of MyISAM, Aria, InnoDB and CSV.
    private static let databases = [
      "demo_dbt3": ["include/dbt3_s001.inc"],
      "demo_world": ["include/world_schema.inc", "include/world.inc"],
      "demo_world_utf8": ["include/world_schema_utf8.inc", "include/world.inc"],
      "demo_mysql_5_5": ["std_data/mysql_database_5.5.dump"],
      "demo_mysql_10_0": ["std_data/mysql_database_10.0.dump"],
      "demo_mysql_10_1": ["std_data/mysql_database_10.1.dump"],
      "demo_mysql_10_2": ["std_data/mysql_database_10.2.dump"],
      "demo_mysql_10_3": ["std_data/mysql_database_10.3.dump"],
      "demo_mysql_10_4": ["std_data/mysql_database_10.4.dump"],
    ]

    @Test(arguments: DemoServer.all) func comesBackWithTheSameChecksums(_ server: DemoServer) async throws {
      let folder = try Folder()
      defer { folder.remove() }
      let run = DumpRun(server: server, folder: folder)
      let isMariaDB = try await run.isMariaDB()
      let names = Self.databases.keys.sorted()
      for name in names {
        try await run.create(name)
        var statements = Data()
        for file in Self.databases[name] ?? [] {
          statements += try Data(contentsOf: URL(fileURLWithPath: MariaDBTests.folder + "/" + file))
        }
        let made = try run.official(name, statements, ["--force", "--default-character-set=utf8mb4"])
        // MySQL has no Aria, and refuses some columns of the time of MySQL 5.
        #expect(!isMariaDB || made.exitCode == 0 && made.errors.isEmpty, "\(name): \(made.errorText)")
      }
      let before = try await prints(of: names, on: server)
      let checksums = before.values.flatMap(\.lines).count { $0.hasPrefix("{database}.") }
      #expect(checksums >= (isMariaDB ? 190 : 160), "\(checksums)")
      #expect(before.values.allSatisfy { $0.lines.contains { $0.hasPrefix("{database}.") } })

      let path = run.file("data.sql")
      let dump = try run.ours("dump", ["--databases", "-o", path] + names)
      try #require(dump.exitCode == 0, "\(dump.errorText)")
      for name in names { try await run.drop(name) }
      let restored = try run.ours("restore", path)
      #expect(restored.exitCode == 0 && restored.errors.isEmpty, "\(restored.errorText)")
      let after = try await prints(of: names, on: server)
      for name in names {
        let (old, new) = (try #require(before[name]), try #require(after[name]))
        #expect(new == old, "\(name):\n\(new.differences(from: old))")
      }
      for name in names { try await run.drop(name) }
    }

    private func prints(
      of databases: [String], on server: DemoServer
    ) async throws -> [String: DatabaseFingerprint] {
      var prints: [String: DatabaseFingerprint] = [:]
      for database in databases { prints[database] = try await DatabaseFingerprint.of(database, on: server) }
      return prints
    }
  }
}

/// Where Debian's package mariadb-test-data puts its files.
private enum MariaDBTests {
  static let folder = "/usr/share/mysql/mysql-test"
}

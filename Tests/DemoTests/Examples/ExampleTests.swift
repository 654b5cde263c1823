import Foundation
import MySQL
import Testing

extension Demo {
  /// The programs of Docs/Examples, as the build left them.
  @Suite(.live) struct Examples {
    private static func program(_ name: String) -> URL {
      CommandRun.demo.deletingLastPathComponent().appendingPathComponent("example-\(name)")
    }

    /// Makes a database of its own, and returns its URL.
    private func database(
      _ name: String, _ server: DemoServer, _ statements: MySQLQuery...
    ) async throws -> String {
      var configuration = server.configuration
      configuration.allowsMultipleStatements = true
      try await MySQLConnection.with(configuration) { connection in
        try await connection.execute("DROP DATABASE IF EXISTS \(identifier: name)")
        try await connection.execute("CREATE DATABASE \(identifier: name)")
        try await connection.useDatabase(name)
        for statement in statements { try await connection.execute(statement) }
      }
      configuration = server.configuration
      configuration.database = name
      return configuration.url
    }

    @Test(arguments: DemoServer.all)
    func theReportAddsUpEachMonthExactly(_ server: DemoServer) async throws {
      let url = try await database(
        "example_report", server,
        "CREATE TABLE orders (id INT PRIMARY KEY, placed DATE NOT NULL, amount DECIMAL(10,2) NOT NULL)",
        """
        INSERT INTO orders SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n, '2024-01-31' + INTERVAL a.n DAY, 0.10
        FROM (\(unsafe: digits)) a, (\(unsafe: digits)) b, (\(unsafe: digits)) c, (\(unsafe: digits)) d
        """)
      let run = try CommandRun.of(Self.program("report"), [url])
      #expect(
        run.outputText == """
          month    orders    turnover
          2024-01     1000         100
          2024-02     9000         900

          """)
      #expect(run.errorText.contains("10000 orders in"))
      #expect(run.exitCode == 0)
    }

    private var digits: String {
      (["SELECT 0 AS n"] + (1...9).map { "SELECT \($0)" }).joined(separator: " UNION ALL ")
    }

    @Test(arguments: DemoServer.all)
    func theLoaderStoresEveryRecordOfACSVFile(_ server: DemoServer) async throws {
      let url = try await database("example_load", server, peopleTable)
      let folder = try Folder()
      defer { folder.remove() }
      let many = (10...25_009).map { "\($0),n\($0),\n" }.joined()
      try folder.write(
        "id,name,born\r\n1,\"Ada, \"\"Countess\"\"\",1815-12-10\r\n2,\"two\nlines\",\n3,\"\",\n\(many)4,Zoë 🚢,2000-01-01",
        "people.csv")
      let run = try CommandRun.of(Self.program("load"), [url, "people", "\(folder.path)/people.csv"])
      #expect(run.outputText == "25004 rows were loaded\n" && run.exitCode == 0, "\(run.errorText)")
      let found = try await MySQLConnection.with(MySQLConfiguration(url: url)) { connection in
        try await connection.query("SELECT name, born FROM people WHERE id < 10 ORDER BY id").collect()
      }
      let names = try found.map { try $0.decode(at: 0, as: String.self) }
      #expect(names == ["Ada, \"Countess\"", "two\nlines", "", "Zoë 🚢"])
      #expect(
        try found.map { try $0.decode(at: 1, as: String?.self) } == ["1815-12-10", nil, nil, "2000-01-01"])
    }

    @Test(arguments: DemoServer.all)
    func theLoaderStoresNothingOfAFileWithAWrongRecord(_ server: DemoServer) async throws {
      let url = try await database("example_load", server, peopleTable)
      let folder = try Folder()
      defer { folder.remove() }
      let good = (1...10_001).map { "\($0),n,\n" }.joined()
      for (name, last, expected) in [
        ("key", "7,again,\n", "record 10002: ERROR 1062 (23000): Duplicate entry '…' for key"),
        ("fields", "20000,x\n", "record 10002 has 2 fields, and not 3"),
        ("quote", "20000,\"x,\n", "a quotation mark is not closed"),
      ] {
        try folder.write("id,name,born\n\(good)\(last)", "\(name).csv")
        let run = try CommandRun.of(Self.program("load"), [url, "people", "\(folder.path)/\(name).csv"])
        #expect(run.exitCode == 1 && run.errorText.contains(expected), "\(run.errorText)")
        let left = try await MySQLConnection.with(MySQLConfiguration(url: url)) { connection in
          try await connection.query("SELECT COUNT(*) FROM people").collect()[0].decode(Int.self)
        }
        #expect(left == 0)
      }
    }

    @Test(
      .chromium, arguments: DemoServer.all)
    func aBrowserShowsTheRowsThatTheWebServerGetsFromThePool(_ server: DemoServer) async throws {
      let url = try await database(
        "example_web", server, peopleTable,
        "INSERT INTO people VALUES (1, 'Ada <b>&amp;</b>', '1815-12-10'), (2, 'Grace 🚢', NULL)")
      let web = try WebExample(Self.program("web"), url)
      defer { web.stop() }
      let page = try Chromium.document(at: web.url)
      #expect(page.contains("<p id=\"count\">2 people</p>"))
      #expect(page.contains("<td>Ada &lt;b&gt;&amp;amp;&lt;/b&gt;</td><td>1815-12-10</td>"))
      #expect(page.contains("<td>Grace 🚢</td><td></td>"))
    }

    private var peopleTable: MySQLQuery {
      """
      CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(100) NOT NULL, born DATE) CHARACTER SET utf8mb4
      """
    }
  }
}

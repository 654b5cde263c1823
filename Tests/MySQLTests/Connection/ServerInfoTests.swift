import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct ServerInfoTests {
  @Test(arguments: [
    ("9.7.4", "9.7.4", false), ("10.11.19-MariaDB-0+deb12u1", "10.11.19-MariaDB-0+deb12u1", true),
    ("5.5.5-10.11.19-MariaDB", "10.11.19-MariaDB", true), ("5.5.5-log", "5.5.5-log", false),
  ])
  func saysWhatTheGreetingSays(_ version: String, _ shown: String, _ isMariaDB: Bool) async throws {
    let standard = isMariaDB ? ServerGreeting.mariaDB : .mysql
    let greeting = ServerGreeting(
      version: version, connectionID: 77, plugin: "mysql_native_password", challenge: standard.challenge,
      capabilities: standard.capabilities)
    let server = try ScriptedServer { connection in
      try connection.acceptLogin(greeting)
      while try connection.readCommand() != .quit { try connection.sendOK() }
    }
    defer { server.stop() }
    try await MySQLConnection.with(MySQLConfiguration(url: server.url)) { connection in
      #expect(connection.server.version == shown && connection.server.isMariaDB == isMariaDB)
      #expect(connection.server.connectionID == 77 && connection.server.tls == nil)
      #expect(connection.server.endpoint == "127.0.0.1:\(server.port)")
    }
  }

  @Test func columnsAreOfTheTypesThatTheServerNames() async throws {
    let kinds: [(ServerScript.Column.Kind, String)] = [
      (.tinyint, "TINYINT"), (.smallint, "SMALLINT"), (.mediumint, "MEDIUMINT"), (.int, "INT"),
      (.bigint, "BIGINT"), (.float, "FLOAT"), (.double, "DOUBLE"), (.decimal, "DECIMAL"), (.date, "DATE"),
      (.time, "TIME"), (.datetime, "DATETIME"), (.timestamp, "TIMESTAMP"), (.year, "YEAR"), (.bit, "BIT"),
      (.char, "CHAR"), (.varchar, "VARCHAR"), (.text, "TEXT"), (.json, "JSON"), (.enumeration, "ENUM"),
      (.set, "SET"), (.binary, "BINARY"), (.varbinary, "VARBINARY"), (.blob, "BLOB"), (.geometry, "GEOMETRY"),
      (.vector, "VECTOR"), (.null, "NULL"),
    ]
    #expect(Set(kinds.map(\.0)) == Set(ServerScript.Column.Kind.allCases))
    #expect(ServerScript.Column("n").schema.isEmpty && !ServerScript.Column("n").isUnsigned)
    let columns = kinds.enumerated().map { number, kind in
      ServerScript.Column(
        "c\(number)", kind.0, isUnsigned: kind.0 == .int, isNullable: number % 2 == 0, table: "t", schema: "s"
      )
    }
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .query("SELECT * FROM t"):
          try connection.sendResult(columns: columns, rows: [columns.map { _ in nil }])
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
    defer { server.stop() }
    try await MySQLConnection.with(MySQLConfiguration(url: server.url)) { connection in
      let row = try #require(try await connection.query("SELECT * FROM t").collect().first)
      #expect(row.columns.map { $0.typeName.replacing(" UNSIGNED", with: "") } == kinds.map(\.1))
      #expect(row.columns.map(\.isNotNull) == columns.map { !$0.isNullable })
      #expect(row.columns.allSatisfy { $0.table == "t" && $0.database == "s" })
      #expect(row.columns.first { $0.isUnsigned }?.typeName == "INT UNSIGNED")
      let (double, time) = (row.columns[6], row.columns[9])
      #expect(double.decimals == nil && double.length == 22 && time.decimals == 6 && time.length == 10)
    }
  }

  @Test func aPoolCountsTheConnectionsThatItOpens() async throws {
    let server = try ScriptedServer { try $0.stall() }
    defer { server.stop() }
    let client = try MySQLClient(url: server.url)
    let query = Task { try await client.execute("DO 0") }
    while client.status.opening == 0 { try await Task.sleep(for: .milliseconds(5)) }
    #expect(client.status.opening == 1 && client.status.open == 0 && client.status.waiting == 1)
    query.cancel()
    _ = await query.result
    await client.shutdown(within: .zero)
  }
}

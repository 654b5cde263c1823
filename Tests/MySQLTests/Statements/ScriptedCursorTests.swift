import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct ScriptedCursorTests {
  @Test func fetchesUntilTheServerSaysThatTheLastRowWasSent() async throws {
    let columns: [ServerScript.Column] = [.init("n", .int)]
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      var next = 1
      while true {
        switch try connection.readCommand() {
        case .prepare("SELECT n FROM t"): try connection.sendPrepared(1, columns: columns)
        case .execute(statement: 1, _):
          try connection.sendColumns(columns)
          try connection.sendEnd(status: [.autocommit, .cursorExists])
        case .fetch(statement: 1, rows: 2):
          let rows: [[ServerScript.Cell]] = (next..<min(next + 2, 6)).map { [.integer(Int64($0))] }
          next += rows.count
          try connection.sendRows(rows, of: columns, format: .binary)
          try connection.sendEnd(
            status: next < 6 ? [.autocommit, .cursorExists] : [.autocommit, .lastRowSent])
        case .quit: return
        case .fetch, .query: try connection.sendError(1064, message: "not expected")
        default: try connection.sendOK()
        }
      }
    }
    defer { server.stop() }
    try await MySQLConnection.with(MySQLConfiguration(url: server.url)) { connection in
      let rows = try await connection.query("SELECT n FROM t", fetchSize: 2).collect()
      #expect(try rows.map { try $0.decode(Int.self) } == [1, 2, 3, 4, 5])
    }
    #expect(server.errors.isEmpty)
  }
}

import MySQL
import Testing

extension LiveServer {
  /// Waits until the server works on a statement of a connection and has come to a state, which is by default inside
  /// of `SLEEP`. Any state would not do: for a moment after its answer, the server still lists the statement before.
  func waitForStatement(of connection: MySQLConnection, isAt state: String = "User sleep") async throws {
    let id = "\(connection.server.connectionID)"
    try await withConnection { admin in
      for _ in 0..<500 {
        let count = try await admin.value(
          """
          SELECT COUNT(*) FROM information_schema.processlist
          WHERE id = \(unsafe: id) AND command IN ('Query', 'Execute') AND state = '\(unsafe: state)'
          """, as: Int.self)
        if count == 1 { return }
        try await Task.sleep(for: .milliseconds(10))
      }
      Issue.record("the server does not work on the statement")
    }
  }

  /// Waits until the server has no other client, or none in a schema. One that was closed or abandoned counts until the
  /// server notices.
  func waitForOthers(than connection: MySQLConnection, in schema: String? = nil) async throws {
    let place = schema.map { "AND db = '\($0)'" } ?? ""
    for _ in 0..<500 {
      let count = try await connection.value(
        """
        SELECT COUNT(*) FROM information_schema.processlist
        WHERE id <> CONNECTION_ID() AND command <> 'Daemon' AND user NOT IN ('system user', 'event_scheduler')
          \(unsafe: place)
        """, as: Int.self)
      if count == 0 { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("the server has other clients, so that what it counts of all of them says nothing")
  }

  /// Ends what the server still does for a connection, and waits until it has noticed the end. The server
  /// counts an aborted connection when its statement is over, which may be long after the client has gone.
  func end(_ connection: MySQLConnection) async throws {
    let id = "\(connection.server.connectionID)"
    try await withConnection { admin in
      for _ in 0..<500 {
        _ = try? await admin.execute("KILL \(unsafe: id)")
        let count = try await admin.value(
          "SELECT COUNT(*) FROM information_schema.processlist WHERE id = \(unsafe: id)", as: Int.self)
        if count == 0 { return }
        try await Task.sleep(for: .milliseconds(10))
      }
      Issue.record("the server does not end the connection")
    }
  }
}

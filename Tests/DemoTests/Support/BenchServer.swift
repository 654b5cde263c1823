import MySQLTesting

/// A server whose answers are known.
struct BenchServer {
  let server: ScriptedServer
  /// The statements that were prepared, and the numbers with which they were run.
  let prepared = Locked<[String]>([])
  let numbers = Locked<[String]>([])

  /// - Parameter fails: Whether the text statement with this number, counted from 1, fails.
  init(_ fails: @escaping @Sendable (Int) -> Bool = { _ in false }) throws {
    let (prepared, numbers, count) = (prepared, numbers, Locked(0))
    server = try ScriptedServer { connection in
      _ = try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .query:
          let number = count.withLock { count in
            count += 1
            return count
          }
          if fails(number) {
            try connection.sendError(1205, message: "Lock wait timeout exceeded; try \"again\"\u{7}")
          } else {
            try connection.sendResult(columns: ["a"], rows: [["1"]])
          }
        case .prepare(let sql):
          prepared.withLock { $0.append(sql) }
          try connection.sendPrepared(1, parameters: ["?", "?"], columns: ["a"])
        case .execute(_, let parameters):
          numbers.withLock { $0.append("\(parameters)") }
          try connection.sendResult(columns: ["a"], rows: [["1"]], format: .binary)
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
  }

  var words: [String] {
    [
      "bench", "--no-defaults", "-h127.0.0.1", "-P\(server.port)", "-uroot", "--ssl-mode=disabled",
      "--duration=1",
    ]
  }
}

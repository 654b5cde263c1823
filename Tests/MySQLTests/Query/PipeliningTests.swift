import MySQL
import MySQLTesting
import Testing

/// When a batch may send executions before earlier ones are answered. MySQL Router mixes up those that arrive
/// together in clear text.
@Suite(.timed) struct PipeliningTests {
  /// Returns a server that records how many executions arrive while the first is unanswered.
  private static func serve(_ greeting: ServerGreeting, _ counts: Journal<Int>) throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin(greeting)
      while true {
        switch try connection.readCommand() {
        case .prepare: try connection.sendPrepared(1, parameters: [.init("?", .bigint)])
        case .execute:
          // Either more of them arrive in this time, or none does.
          var count = 1
          while (try? connection.readPacket(timeout: .milliseconds(150))) != nil { count += 1 }
          counts.note(count)
          for _ in 0..<count {
            connection.sequence = 1
            try connection.sendOK(affectedRows: 1)
          }
        case .closeStatement: break
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
  }

  private static let router = {
    var greeting = ServerGreeting.mysql
    greeting.version = "9.7.4-router"
    return greeting
  }()

  @Test(arguments: [
    (ServerGreeting.mysql, "", [1, 1, 1]), (.mariaDB, "", [1, 1, 1]), (router, "", [1, 1, 1]),
    (.mysql, "&pipelining=auto", [1, 1, 1]), (.mysql, "&pipelining=false", [1, 1, 1]),
    (.mysql, "&pipelining=true", [3]), (router, "&pipelining=true", [3]),
    (.mysql, "&pipelining=true&local-infile=true", [1, 1, 1]),
  ])
  func inClearTextExecutionsAreSentOneByOneUnlessTheSettingsSayOtherwise(
    greeting: ServerGreeting, options: String, expected: [Int]
  ) async throws {
    let counts = Journal<Int>()
    let server = try Self.serve(greeting, counts)
    defer { server.stop() }
    let connection = try await MySQLConnection.connect(url: server.url + "?ssl-mode=disabled" + options)
    let result = try await connection.executeBatch("UPDATE t SET n = ?", 0..<3)
    #expect(result.executedRows == 3 && result.affectedRows == 3)
    #expect(counts.entries == expected)
    await connection.close()
  }

  /// Like the Router: if two commands arrive together, the second is executed for both.
  @Test func aProxyThatMixesUpCommandsGetsNoneToMix() async throws {
    let executed = Journal<ServerScript.Cell>()
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while true {
        switch try connection.readCommand() {
        case .prepare: try connection.sendPrepared(1, parameters: [.init("?", .bigint)])
        case .execute(_, let parameters):
          try connection.delay(.milliseconds(50))
          let next = try? connection.readPacket(timeout: .milliseconds(1))
          for _ in 0..<(next == nil ? 1 : 2) {
            executed.note(next == nil ? parameters[0] : "another")
            connection.sequence = 1
            try connection.sendOK(affectedRows: 1)
          }
        case .closeStatement: break
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
    defer { server.stop() }
    let connection = try await server.connect()
    try await connection.executeBatch("INSERT INTO t VALUES (?)", 0..<5)
    #expect(executed.entries == [0, 1, 2, 3, 4])
    await connection.close()
  }
}

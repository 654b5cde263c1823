import Foundation
import MySQLTesting
import MySQLWire
import Testing

@Suite(.timed) struct ScriptedServerTests {
  @Test(arguments: [ServerGreeting.mysql, .mariaDB]) func logsAClientInAndReplies(
    greeting: ServerGreeting
  ) throws {
    let server = try ScriptedServer { connection in
      let login = try connection.acceptLogin(greeting)
      #expect(login.user == "ada" && login.database == "shop")
      #expect(try connection.readCommand() == .query("SELECT 1"))
      try connection.sendResult(columns: ["a", .init("b", .int)], rows: [["x", 1], [nil, -2]])
      #expect(try connection.readCommand() == .ping)
      try connection.sendOK(affectedRows: 7, lastInsertID: 300, warnings: 2, info: "done")
      #expect(try connection.readCommand() == .useDatabase("other"))
      try connection.sendError(1049, state: "42000", message: "Unknown database 'other'")
      #expect(try connection.readCommand() == .quit)
    }
    let client = try SessionClient(port: server.port, user: "ada") { $0.database = Array("shop".utf8) }
    #expect(client.greeting?.isMariaDB == (greeting == .mariaDB))
    #expect(try client.query("SELECT 1") == [[.text("x"), .integer(1)], [.null, .integer(-2)]])
    let ok = try client.run(.ping).end
    #expect(ok.affectedRows == 7 && ok.lastInsertID == 300 && ok.warnings == 2 && ok.info == "done")
    let error = ErrorPacket(code: 1049, sqlState: "42000", message: "Unknown database 'other'")
    #expect(throws: SessionClient.Failure.failed(error)) { try client.run(.useDatabase(Array("other".utf8))) }
    try client.send(.quit)
    #expect(try client.socket.receive() == [])
    server.stop()
    #expect(server.errors.isEmpty)
  }

  @Test func answersAClientThatStillWantsEOF() throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.sendResult(
        columns: ["a"], rows: [["1"]], warnings: 3, status: [.autocommit, .moreResults])
      try connection.sendResult(columns: ["a"], rows: [["2"]])
    }
    let client = try SessionClient(port: server.port) { $0.capabilities.remove(.deprecateEOF) }
    #expect(try client.query("SELECT 1; SELECT 2") == [[.text("1")], [.text("2")]])
  }

  @Test func switchesTheLoginMethodAndAsksForAFile() throws {
    let server = try ScriptedServer { connection in
      let login = try connection.acceptLogin(.mariaDB, switchingTo: "caching_sha2_password")
      #expect(login.plugin == "mysql_native_password" && login.answer.count == 32)
      _ = try connection.readCommand()
      try connection.requestFile("data.csv")
      #expect(try connection.readFile() == Array("1,2\n".utf8))
      try connection.sendProgress(stage: 1, of: 2, percent: 50, activity: "loading")
      try connection.sendOK(affectedRows: 1)
    }
    let client = try SessionClient(port: server.port, password: "secret") {
      $0.capabilities.insert(.localFiles)
    }
    try client.send(.query(Array("LOAD DATA LOCAL INFILE 'data.csv' INTO TABLE t".utf8)))
    guard case .localInfile(let name) = try client.next() else { throw SessionClient.Failure.endOfStream }
    #expect(name == Array("data.csv".utf8))
    try client.sendFile(Array("1,2\n".utf8))
    guard case .progress(let report) = try client.next() else { throw SessionClient.Failure.endOfStream }
    #expect(report == ProgressReport(stage: 1, stages: 2, progress: 50_000, activity: "loading"))
    #expect(try client.response().end.affectedRows == 1)
    server.stop()
    #expect(server.errors.isEmpty)
  }

  @Test func reportsSystemVariablesToClientsThatAskForThem() throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin(info: "hello", variables: ["redirect_url": "mysql://db"])
      _ = try connection.readCommand()
      try connection.sendOK(variables: ["a": "1", "b": ""])
    }
    let client = try SessionClient(port: server.port)
    #expect(client.acceptance.info == "hello")
    #expect(client.acceptance.changes == [.variable(name: "redirect_url", value: "mysql://db")])
    let changes: [SessionChange] = [.variable(name: "a", value: "1"), .variable(name: "b", value: "")]
    #expect(try client.run(.ping).end.changes == changes)
    let older = try SessionClient(port: server.port) { $0.capabilities.remove(.sessionTrack) }
    #expect(older.acceptance.info == "hello" && older.acceptance.changes.isEmpty)
  }

  @Test func answersSeveralClientsAtATime() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while case .query(let sql) = try connection.readCommand() {
        try connection.sendResult(
          columns: ["sql", .init("id", .int)], rows: [[.text(sql), .integer(Int64(connection.index))]])
      }
    }
    let port = server.port
    let clients = try (0..<8).map { _ in try SessionClient(port: port) }
    for round in 0..<10 {
      for (index, client) in clients.enumerated() {
        #expect(try client.query("\(index) \(round)").first?.first == .text("\(index) \(round)"))
      }
    }
    #expect(server.connections.map(\.index) == Array(0..<8))
  }

  @Test func sendsAnUnaskedErrorAndBreaksTheCountIfTold() throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      connection.sequence = connection.index == 0 ? 5 : 0
      try connection.sendError(4031, message: "inactivity")
    }
    let client = try SessionClient(port: server.port)
    #expect(throws: Violation.sequence(expected: 1, received: 5)) { try client.run(.ping) }
    let other = try SessionClient(port: server.port)
    let error = ErrorPacket(code: 4031, sqlState: "HY000", message: "inactivity")
    #expect(throws: SessionClient.Failure.closed(error)) { try other.run(.ping) }
  }

  @Test func carriesMessagesOfMoreThanSixteenMegabytes() throws {
    let text = String(repeating: "x", count: 20 << 20)
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      #expect(try connection.readCommand() == .query(text))
      try connection.sendResult(columns: ["text"], rows: [[.text(text)]])
    }
    let client = try SessionClient(port: server.port)
    #expect(try client.query(text) == [[.text(text)]])
  }

  @Test func listensAtIPv6AndUnixSockets() throws {
    let v6 = try ScriptedServer(at: .loopback6) { try $0.send([6]) }
    #expect(v6.url == "mysql://test@[::1]:\(v6.port)/")
    let path = "/tmp/mysql testing \(UInt32.random(in: 0 ... .max)).sock"
    let local = try ScriptedServer(at: .unix(path: path)) { try $0.send([1]) }
    #expect(FileManager.default.fileExists(atPath: path))
    let escaped = path.replacingOccurrences(of: " ", with: "%20")
    #expect(local.url == "mysql://test@localhost/?socket=\(escaped)")
    local.stop()
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(throws: TestServerError.unusableAddress("db.example")) {
      try ScriptedServer(at: .tcp("db.example", port: 0)) { _ in }
    }
  }
}

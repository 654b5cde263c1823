import Foundation
import MySQLTesting
import MySQLWire
import Testing

@Suite(.timed) struct ScriptedServerTests {
  @Test(arguments: [ServerGreeting.mysql, .mariaDB]) func logsAClientInAndAnswersIt(
    greeting: ServerGreeting
  ) throws {
    let server = try ScriptedServer { connection in
      let login = try connection.acceptLogin(greeting)
      #expect(login.user == "ada" && login.database == "shop")
      #expect(try connection.readCommand() == .query("SELECT 1"))
      try connection.sendResult(columns: ["a", Column("b", .int)], rows: [["x", 1], [nil, -2]])
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

  @Test func preparesStatementsAndReadsTheirParameters() throws {
    let columns: [Column] = [
      Column("i", .int), Column("u", .bigint, isUnsigned: true), Column("t", .tinyint), Column("f", .float),
      Column("d", .double), Column("n", .decimal), Column("at", .datetime), Column("day", .date),
      Column("took", .time), Column("y", .year), Column("b", .bit), "s", Column("raw", .blob),
      Column("j", .json), "none",
    ]
    let row: [Cell] = [
      -70_000, .unsigned(.max), -128, 1.5, 0.1, "123.450", "2026-02-28 12:00:00.000001", "2026-02-28",
      "-838:59:59", 2026, 5, "text", .bytes([0, 255]), "{}", nil,
    ]
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      #expect(try connection.readCommand() == .prepare("CALL p(?, ?, ?, ?, ?)"))
      try connection.sendPrepared(9, parameters: ["?", "?", "?", "?", "?"], columns: columns)
      #expect(
        try connection.readCommand()
          == .execute(statement: 9, parameters: [.integer(-5), .text("x"), nil, "2026-01-02", .bytes([1])]))
      try connection.sendResult(columns: columns, rows: [row], format: .binary)
      #expect(try connection.readCommand() == .closeStatement(9))
    }
    let client = try SessionClient(port: server.port)
    let statement = try client.prepare("CALL p(?, ?, ?, ?, ?)")
    #expect(statement.parameters.count == 5 && statement.columns.count == columns.count)
    var execution = Execution(statement: statement.id)
    let date = try #require(CivilDate(year: 2026, month: 1, day: 2))
    for value in [Value.integer(-5), .text("x"), .null, .date(date), .bytes([1])] {
      execution.parameters.append(value)
    }
    let rows = try client.run(.execute(execution)).rows
    let texts = rows.first?.map { value in
      var writer = ByteWriter()
      value.writeText(to: &writer, display: TextDisplay(fractionDigits: 6, bitBytes: 1))
      return String(decoding: writer.bytes, as: UTF8.self)
    }
    #expect(
      texts == [
        "-70000", "18446744073709551615", "-128", "1.5", "0.1", "123.450", "2026-02-28 12:00:00.000001",
        "2026-02-28", "-838:59:59.000000", "2026", "\u{5}", "text", "\0\u{FFFD}", "{}", "",
      ])
    try client.send(.closeStatement(9))
    #expect(server.errors.isEmpty)
    server.stop()
    #expect(server.errors.isEmpty)
  }

  @Test func refusesACellThatItsColumnCannotHold() throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      try connection.sendResult(columns: [Column("day", .date)], rows: [["soon"]], format: .binary)
    }
    _ = try SessionClient(port: server.port)
    waitUntil { !server.errors.isEmpty }
    #expect(server.errors.first as? TestServerError == .unusableValue(column: "day", "soon"))
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

  @Test func closesWithFINWhateverTheClientStillSends() throws {
    let server = try ScriptedServer { connection in
      try connection.send([1, 2, 3])
      try connection.delay(.milliseconds(20))
      connection.close()
      #expect(throws: TestServerError.closed) { try connection.send([4]) }
    }
    let client = try RawClient(port: server.port)
    try client.send([UInt8](repeating: 7, count: 100_000))
    #expect(try client.receiveAll() == [1, 2, 3])
    try client.send([8])
    client.finishSending()
    #expect(try client.receive() == [])
    let connection = try #require(server.connections.first)
    waitUntil { connection.hasEnded }
    #expect(connection.received.count == 100_001)
    #expect(server.errors.isEmpty)
  }

  @Test func resetsWithRST() throws {
    let server = try ScriptedServer { connection in
      _ = try connection.readPacket()
      connection.reset()
    }
    let client = try RawClient(port: server.port)
    try client.send([1, 0, 0, 0, 3])
    #expect(throws: RawClient.Failure.reset) { try client.receive() }
  }

  @Test func resetsFromAnotherThreadWhileTheScriptWaits() async throws {
    let server = try ScriptedServer { connection in _ = try connection.readPacket() }
    let client = try RawClient(port: server.port)
    let connection = try await server.connection()
    try await Task.sleep(for: .milliseconds(20))
    connection.reset()
    #expect(throws: RawClient.Failure.reset) { try client.receive() }
    #expect(await connection.waitForEnd())
    #expect(server.errors as? [TestServerError] == [.closed])
  }

  @Test func goesOnReceivingAfterAHalfClose() throws {
    let server = try ScriptedServer { connection in
      connection.halfClose()
      let packet = try connection.readPacket()
      #expect(packet == [42])
    }
    let client = try RawClient(port: server.port)
    #expect(try client.receive() == [])
    try client.send([1, 0, 0, 0, 42])
    client.finishSending()
    server.stop()
    #expect(server.errors.isEmpty)
  }

  @Test func sendsInPieces() throws {
    let server = try ScriptedServer { connection in
      connection.split(into: 1, every: .milliseconds(15))
      try connection.send([1, 2, 3, 4])
      connection.split(into: nil)
      try connection.send([UInt8](repeating: 5, count: 1000))
    }
    let client = try RawClient(port: server.port)
    let start = ContinuousClock.now
    for byte in 1...3 as ClosedRange<UInt8> { #expect(try client.receive() == [byte]) }
    #expect(try client.receive(exactly: 1001).count == 1001)
    #expect(ContinuousClock.now - start >= .milliseconds(40))
  }

  @Test func staysSilentUntilStopped() throws {
    let server = try ScriptedServer { connection in try connection.stall() }
    let client = try RawClient(port: server.port)
    try client.send([1, 2, 3])
    client.timeout = .milliseconds(100)
    #expect(throws: RawClient.Failure.timedOut) { try client.receive() }
    #expect(server.connections.first?.received == [1, 2, 3])
    server.stop()
    client.timeout = .seconds(10)
    #expect(try client.receive() == [])
    #expect(server.errors.isEmpty)
  }

  @Test func leavesAWritingClientWithoutRoomIfItDoesNotRead() throws {
    let server = try ScriptedServer { connection in try connection.stall(reading: false) }
    let client = try RawClient(port: server.port)
    client.timeout = .milliseconds(100)
    // More than the system's buffers hold.
    #expect(throws: RawClient.Failure.timedOut) { try client.send([UInt8](repeating: 1, count: 64 << 20)) }
    #expect(server.connections.first?.received == [])
  }

  @Test func tellsWhyAConnectionCannotGoOn() throws {
    let server = try ScriptedServer { connection in
      #expect(throws: TestServerError.timedOut) { try connection.readPacket(timeout: .milliseconds(20)) }
      try connection.send([1])
      _ = try connection.readPacket()
    }
    let client = try RawClient(port: server.port)
    #expect(try client.receive() == [1])
    client.finishSending()
    waitUntil { !server.errors.isEmpty }
    #expect(server.errors as? [TestServerError] == [.endOfStream])
  }

  @Test func answersSeveralClientsAtATime() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      while case .query(let sql) = try connection.readCommand() {
        try connection.sendResult(
          columns: ["sql", Column("id", .int)], rows: [[.text(sql), .integer(Int64(connection.index))]])
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

/// Waits for what another thread is about to do.
func waitUntil(_ condition: () -> Bool) {
  for _ in 0..<5000 where !condition() { usleep(1000) }
}

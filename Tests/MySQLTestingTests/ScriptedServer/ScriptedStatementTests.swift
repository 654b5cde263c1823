import MySQLWire
import Testing

@testable import MySQLTesting

#if !THREAD_SANITIZER
  // Under the sanitizer, the lock is that of MySQLTesting, which the sanitizer understands.
  import Synchronization
#endif

@Suite(.timed) struct ScriptedStatementTests {
  @Test func preparesStatementsAndReadsTheirParameters() throws {
    let columns: [ServerScript.Column] = [
      .init("i", .int), .init("u", .bigint, isUnsigned: true), .init("t", .tinyint), .init("f", .float),
      .init("d", .double), .init("n", .decimal), .init("at", .datetime), .init("day", .date),
      .init("took", .time), .init("y", .year), .init("b", .bit), "s", .init("raw", .blob),
      .init("j", .json), "none",
    ]
    let row: [ServerScript.Cell] = [
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
      try connection.sendResult(columns: [.init("day", .date)], rows: [["soon"]], format: .binary)
    }
    _ = try SessionClient(port: server.port)
    waitUntil { !server.errors.isEmpty }
    #expect(server.errors.first as? TestServerError == .unusableValue(column: "day", "soon"))
  }

  @Test func refusesRowsThatDoNotFitTheirColumns() throws {
    for row in [[1], [1, 2, 3]] as [[ServerScript.Cell]] {
      let failure = Mutex<TestServerError?>(nil)
      let server = try ScriptedServer { connection in
        _ = try connection.acceptLogin()
        _ = try connection.readCommand()
        do throws(TestServerError) {
          try connection.sendResult(columns: [.init("a"), .init("b")], rows: [row])
        } catch {
          failure.withLock { $0 = error }
        }
      }
      defer { server.stop() }
      let client = try SessionClient(port: server.port)
      try client.send(.query(Array("SELECT 1".utf8)))
      waitUntil { failure.withLock { $0 } != nil }
      #expect(failure.withLock { $0 } == .wrongCellCount(row.count, columns: 2))
    }
  }
}

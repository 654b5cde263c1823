import MySQLTesting
import MySQLWire
import Testing

@Suite(.timed) struct ScriptedCommandTests {
  @Test func readsTheCommandsThatFewClientsSend() throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin(.mariaDB)
      let expected: [ServerScript.Command] = [
        .statistics, .setMultiStatements(true), .executeBulk(statement: 7, raw: [3, 0, 0, 5, 0, 0, 0]),
      ]
      #expect(try connection.readCommand() == expected[connection.index])
    }
    let commands: [MySQLWire.Command] = [
      .statistics, .setMultiStatements(true),
      .executeBulk(BulkExecution(statement: 7, flags: .sendsTypes, types: [3, 0], rows: [0, 5, 0, 0, 0])),
    ]
    for command in commands {
      let client = try SessionClient(port: server.port)
      try client.send(command)
      #expect(try client.socket.receive() == [])
    }
    #expect(server.connections.count == 3)
    server.stop()
    #expect(server.errors.isEmpty)
  }

  @Test func showsWhatTheClientSaidOfItself() throws {
    let server = try ScriptedServer { connection in
      let login = try connection.acceptLogin()
      #expect(login.capabilities & connection.capabilities == connection.capabilities)
      #expect(login.collation == 45 && login.attributes["program_name"] == "shop")
      _ = try connection.readCommand()
    }
    let client = try SessionClient(port: server.port) { settings in
      settings.collation = 45
      settings.attributes = [ConnectionAttribute(name: Array("program_name".utf8), value: Array("shop".utf8))]
    }
    try client.send(.quit)
    server.stop()
    #expect(server.errors.isEmpty)
  }

  @Test func saysThatARecordedGreetingCannotBeRead() throws {
    let conversation = CaptureFile.Conversation(turns: [.init(.server, [2, 0, 0, 0, 9, 9])])
    let error = #expect(throws: TestServerError.self) { try ReplayServer(conversation: conversation) }
    guard case .malformed(let text) = error else { throw error ?? .stopped }
    #expect(text.hasPrefix("greeting: "))
  }
}

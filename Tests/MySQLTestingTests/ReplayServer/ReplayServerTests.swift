import MySQLTesting
import MySQLWire
import Testing

@Suite(.timed) struct ReplayServerTests {
  @Test(arguments: Captures.readable) func saysToTheRecordedClientWhatTheRecordedServerSaid(
    name: String
  ) throws {
    for conversation in try Captures.load(name).conversations {
      let server = try ReplayServer(conversation: conversation)
      let client = try RawClient(port: server.port)
      var isGreeted = false
      for turn in conversation.turns {
        switch turn.direction {
        case .client: try client.send(turn.bytes)
        case .server:
          let bytes = try client.receive(exactly: turn.bytes.count)
          // The replayed greeting offers less.
          if isGreeted { #expect(bytes == turn.bytes) }
          #expect(bytes.count == turn.bytes.count)
          isGreeted = true
        }
      }
      client.finishSending()
      if conversation.serverEnd != .rst { #expect(try client.receive() == []) }
      #expect(server.mismatches == [])
    }
  }

  @Test(arguments: Captures.unreadable) func refusesWhatCannotBeRead(name: String) throws {
    let capture = try Captures.load(name)
    #expect(throws: TestServerError.self) { try ReplayServer(captureFile: capture) }
    do {
      _ = try ReplayServer(captureFile: capture)
    } catch {
      guard case .notReplayable = error else { throw error }
    }
  }

  @Test func answersInAnyOrderAndAnyNumberOfTimes() throws {
    let server = try ReplayServer(conversation: Self.recording(), mode: .byStatement)
    let client = try SessionClient(port: server.port)
    #expect(try client.query("SELECT 2") == [[.text("two")]])
    #expect(try client.query("SELECT 1") == [[.text("one")]])
    #expect(try client.query("SELECT 2") == [[.text("two")]])
    // A statement that was recorded twice gets its answers in turn, and then the last one again.
    for count in ["1", "2", "2"] { #expect(try client.query("SELECT n") == [[.text(count)]]) }
    try client.run(.ping)
    try client.run(.resetConnection)
    let error = #expect(throws: SessionClient.Failure.self) { try client.query("SELECT 3") }
    guard case .failed(let packet) = error else { return }
    #expect(packet.code == 1064 && packet.sqlState == "42000")
    #expect(packet.message.contains("received query SELECT 3") && packet.message.contains("query SELECT 1;"))
    #expect(server.mismatches.map(\.received) == ["query SELECT 3"])
    #expect(
      server.receivedStatements
        == ["SELECT 2", "SELECT 1", "SELECT 2", "SELECT n", "SELECT n", "SELECT n", "SELECT 3"])
  }

  @Test func findsExecutionsByTheirStatementAndParameters() throws {
    let server = try ReplayServer(conversation: Self.recording(), mode: .byStatement)
    let client = try SessionClient(port: server.port)
    let statement = try client.prepare("SELECT ? + 1")
    for (parameter, result) in [(7, 8), (1, 2), (7, 8)] as [(Int64, Int64)] {
      var execution = Execution(statement: statement.id)
      execution.parameters.append(.integer(parameter))
      #expect(try client.run(.execute(execution)).rows == [[.integer(result)]])
    }
  }

  @Test func keepsToTheOrderAndSaysWhatIsExpected() throws {
    let server = try ReplayServer(conversation: Self.recording())
    let client = try SessionClient(port: server.port)
    #expect(throws: SessionClient.Failure.self) { try client.query("SELECT 2") }
    #expect(
      server.mismatches.map(\.description) == [
        "connection 0: expected query SELECT 1, received query SELECT 2"
      ])
    let mismatch = server.mismatches.first
    #expect(mismatch?.connection == 0 && mismatch?.expected == "query SELECT 1")
    #expect(try client.query("SELECT 1") == [[.text("one")]])
    #expect(try client.query("SELECT 2") == [[.text("two")]])
    #expect(throws: SessionClient.Failure.self) { try client.run(.ping) }
  }

  @Test func offersOnlyWhatWasRecordedAndRefusesClientsThatTakeLess() throws {
    let old = try ReplayServer(conversation: Self.recording { $0.capabilities.remove(.deprecateEOF) })
    let client = try SessionClient(port: old.port)
    #expect(!client.capabilities.contains(.deprecateEOF))
    #expect(try client.query("SELECT 1") == [[.text("one")]])

    let new = try ReplayServer(conversation: Self.recording())
    let error = #expect(throws: SessionClient.Failure.self) {
      try SessionClient(port: new.port) { $0.capabilities.remove(.deprecateEOF) }
    }
    guard case .closed(let packet) = error else { return }
    #expect(packet.code == 1043)
    #expect(new.mismatches.map(\.received) == ["one without CLIENT_DEPRECATE_EOF"])
  }

  @Test func playsEachConversationOfACaptureInTurn() throws {
    let capture = try #require(try? Captures.load("mariadb-login-native-wrong"))
    let server = try ReplayServer(captureFile: capture)
    for _ in 0...capture.conversations.count {
      let error = #expect(throws: SessionClient.Failure.self) { try SessionClient(port: server.port) }
      guard case .closed(let packet) = error else { return }
      #expect(packet.code == 1045)
    }
  }

  @Test func refusesCapturesWithHoles() {
    for conversation in [
      CaptureFile.Conversation(turns: [.init(.server, [1], missingBefore: 4)]),
      CaptureFile.Conversation(turns: [.init(.server, [1])], beginsMidway: true),
    ] {
      #expect(throws: TestServerError.notReplayable("bytes are missing in the capture")) {
        try ReplayServer(conversation: conversation)
      }
    }
  }

  @Test func endsAsTheRecordedServerDid() throws {
    let login = Array(try Self.recording().turns.prefix(3))
    let server = try ReplayServer(
      conversation: CaptureFile.Conversation(turns: login, clientEnd: .open, serverEnd: .rst))
    let client = try RawClient(port: server.port)
    _ = try client.receive(exactly: login[0].bytes.count)
    try client.send(login[1].bytes)
    #expect(throws: RawClient.Failure.reset) { while try !client.receive().isEmpty {} }
  }

  /// Returns a conversation that a session had with a scripted server.
  private static func recording(
    _ adjust: (inout SessionSettings) -> Void = { _ in }
  ) throws -> CaptureFile.Conversation {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      var count = 0
      while true {
        switch try connection.readCommand() {
        case .query("SELECT 1"): try connection.sendResult(columns: ["a"], rows: [["one"]])
        case .query("SELECT 2"): try connection.sendResult(columns: ["a"], rows: [["two"]])
        case .query:
          count += 1
          try connection.sendResult(columns: ["n"], rows: [[.text("\(count)")]])
        case .prepare: try connection.sendPrepared(5, parameters: ["?"], columns: [.init("sum", .bigint)])
        case .execute(_, let parameters):
          guard case .integer(let number) = parameters.first else { return }
          try connection.sendResult(
            columns: [.init("sum", .bigint)], rows: [[.integer(number + 1)]], format: .binary)
        default: return
        }
      }
    }
    let client = try SessionClient(port: server.port, adjust)
    for sql in ["SELECT 1", "SELECT 2", "SELECT n", "SELECT n"] { _ = try client.query(sql) }
    let statement = try client.prepare("SELECT ? + 1")
    for number in [1, 7] as [Int64] {
      var execution = Execution(statement: statement.id)
      execution.parameters.append(.integer(number))
      try client.run(.execute(execution))
    }
    try client.send(.quit)
    return CaptureFile.Conversation(turns: client.turns)
  }
}

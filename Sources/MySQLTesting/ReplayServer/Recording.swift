import MySQLWire

/// A conversation, broken down into the steps with which a server can replay it.
struct Recording: Sendable {
  /// The server's greeting; nil if the server refused the connection instead of greeting.
  private(set) var greeting: Greeting?
  /// The capabilities that both sides have.
  private(set) var capabilities = Capabilities()
  /// The login, without the greeting.
  private(set) var login: [Step] = []
  private(set) var isLoggedIn = false
  private(set) var exchanges: [Exchange] = []
  /// The messages that the server sent at the end without being asked.
  private(set) var farewell: [UInt8] = []
  /// Whether the server reset the connection.
  let endsWithReset: Bool
  /// The capabilities that a client needs to understand the recorded answers, and that not all clients have.
  private(set) var needs: Capabilities = []

  /// A step of the server.
  enum Step: Sendable {
    /// Sends messages, each with the headers of its packets.
    case send([UInt8])
    /// Waits for a message.
    case receive
    /// Waits for a file.
    case receiveFile
  }

  /// A command and its answer.
  struct Exchange: Sendable {
    var command: ServerScript.Command
    /// The command in words. A client's command is matched with it by this name.
    var name: String
    /// The sequence id of the command's last packet, plus one.
    var sequence: UInt8
    var answer: [Step] = []
    /// The prepared statement, if the answer reports one.
    var prepared: PrepareOK?
  }

  private var commands = CommandReader([])
  private var names = CommandNames()
  /// The exchange that the server's messages belong to.
  private var current = 0
  /// The sequence id of the server's next message, if that belongs to the current exchange.
  private var nextSequence: UInt8?
  /// Whether the client's last message was a command, and the server has sent nothing since.
  private var isAnswerDue = false
  private var isFileOwed = false

  init(_ conversation: CaptureFile.Conversation) throws(TestServerError) {
    guard conversation.gaps.isEmpty, !conversation.beginsMidway else {
      throw .notReplayable("bytes are missing in the capture")
    }
    endsWithReset = conversation.serverEnd == .rst
    try conversation.forEachMessage { (message) throws(TestServerError) in
      switch (message.direction, isLoggedIn) {
      case (.client, false): try addLogin(message)
      case (.server, false): try addLoginAnswer(message)
      case (.client, true): addCommand(message)
      case (.server, true): addAnswer(message)
      }
    }
  }

  private mutating func addLogin(_ message: RecordedMessage) throws(TestServerError) {
    defer { login.append(.receive) }
    guard login.isEmpty, let greeting else { return }
    let response: HandshakeResponse
    do {
      response = try HandshakeResponse(payload: message.payload)
    } catch {
      throw .malformed("login: \(error)")
    }
    capabilities = response.capabilities.intersection(greeting.capabilities.union(.mysql))
    if message.payload.count <= HandshakeResponse.tlsRequestSize {
      throw .notReplayable("the connection is encrypted")
    }
    if !capabilities.isDisjoint(with: [.compress, .zstd]) {
      throw .notReplayable("the connection is compressed")
    }
    commands = CommandReader(capabilities)
  }

  private mutating func addLoginAnswer(_ message: RecordedMessage) throws(TestServerError) {
    guard greeting == nil, message.payload.first != ErrorPacket.header else {
      login.append(sending: message.bytes)
      isLoggedIn = message.payload.first == OKPacket.header
      return
    }
    guard login.isEmpty else { return login.append(sending: message.bytes) }
    do {
      greeting = try Greeting(payload: message.payload)
    } catch {
      throw .malformed("greeting: \(error)")
    }
  }

  private mutating func addCommand(_ message: RecordedMessage) {
    if isFileOwed {
      isFileOwed = !message.payload.isEmpty
      nextSequence = message.nextSequence
      return
    }
    guard message.sequence == 0 else {
      if exchanges.indices.contains(current) { exchanges[current].answer.append(.receive) }
      nextSequence = message.nextSequence
      return
    }
    isAnswerDue = true
    let command = ServerScript.Command(payload: message.payload, &commands)
    exchanges.append(
      Exchange(command: command, name: names.name(of: command), sequence: message.nextSequence))
  }

  private mutating func addAnswer(_ message: RecordedMessage) {
    let next = nextAnswered.flatMap { exchanges[$0].sequence == message.sequence ? $0 : nil }
    // A long answer may end with a sequence id that makes the next answer look like its continuation.
    let isFirst = nextSequence != message.sequence || isAnswerDue && next != nil
    isAnswerDue = false
    if isFirst {
      guard let next else {
        farewell += message.bytes
        return
      }
      current = next
    }
    nextSequence = message.nextSequence
    guard exchanges.indices.contains(current) else { return }
    if ProgressReport.matches(message.payload) { needs.insert(.mariadbProgress) }
    exchanges[current].answer.append(sending: message.bytes)
    guard isFirst else { return }
    if exchanges[current].command.mayRequestFile, message.payload.first == RawSpan.nullMarker {
      isFileOwed = true
      needs.insert(.localFiles)
      exchanges[current].answer.append(.receiveFile)
    }
    guard case .prepare = exchanges[current].command, let ok = try? PrepareOK(payload: message.payload) else {
      return
    }
    exchanges[current].prepared = ok
    commands.prepared(ok.statement, parameterCount: ok.parameters)
    names.note(ok.statement, of: exchanges[current].command)
  }

  /// The next exchange that has no answer yet and is owed one.
  private var nextAnswered: Int? {
    exchanges.indices.dropFirst(current).first {
      exchanges[$0].answer.isEmpty && exchanges[$0].command.hasAnswer
    }
  }
}

extension [Recording.Step] {
  fileprivate mutating func append(sending bytes: [UInt8]) {
    guard case .send(var all) = last else { return append(.send(bytes)) }
    // Removed first, so that the bytes are not shared and grow in place.
    removeLast()
    all += bytes
    append(.send(all))
  }
}

extension ServerScript.Command {
  fileprivate var mayRequestFile: Bool {
    switch self {
    case .query, .execute: true
    default: false
    }
  }
}

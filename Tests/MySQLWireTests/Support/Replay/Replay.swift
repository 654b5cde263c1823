import MySQLTesting
import MySQLWire

/// A replay of the server's side of a conversation to a `Session`. It has the session do what the captured
/// client did, and keeps what the session made of it.
final class Replay {
  private(set) var events: [ReplayEvent] = []
  private(set) var exchanges: [Exchange] = []
  /// Where our bytes differ from the captured client's: ours and theirs.
  private(set) var differences: [String] = []
  /// Why the session refused to continue the login.
  private(set) var refusal: Violation.AuthenticationRefusal?
  /// The conversation again, cut where the session was idle.
  private(set) var recording: [RecordedPart]
  /// Whether the rest of the conversation cannot be read (TLS or compression has begun).
  private(set) var isOpaque = false

  private let conversation: CaptureFile.Conversation
  private let expectation: ConversationExpectation
  private var session: SessionBox
  private var commands: CommandReader
  private var clientFramer = PacketFramer()
  private var ours: [UInt8] = []
  /// What the client's next bytes are.
  private var clientPhase = ClientPhase.login
  private var isKeyJustReceived = false
  private var changesOfUser: ArraySlice<ExchangeExpectation>
  private var outstanding: [Int] = []
  private var statements: [UInt32: (sql: String, columns: ResultColumns?, exchange: Int)] = [:]

  private enum ClientPhase { case login, authentication, commands, file }

  /// A command and the events that it led to.
  struct Exchange {
    var name: String
    var sql = ""
    var isBinary = false
    var events: [ReplayEvent] = []
  }

  init(_ conversation: CaptureFile.Conversation, _ expectation: ConversationExpectation) throws {
    self.conversation = conversation
    self.expectation = expectation
    let login = try Self.firstPayload(of: conversation).map { try HandshakeResponse(payload: $0) }
    changesOfUser = (expectation.expect ?? []).filter { $0.command == "changeUser" }[...]
    let settings = Self.settings(login, expectation)
    session = try SessionBox(settings)
    recording = [RecordedPart(settings: settings)]
    commands = CommandReader([])
  }

  /// Feeds every turn; the splitter cuts the server's turns into pieces.
  func run(_ split: Splitter) throws {
    var splitter = split
    for turn in conversation.turns where !isOpaque {
      switch turn.direction {
      case .server:
        isKeyJustReceived = turn.bytes.starts(with: Array("-----BEGIN".utf8), after: 5)
        record(.hear(turn.bytes))
        for piece in splitter.split(turn.bytes) { try receive(piece) }
      case .client:
        if session.value.isIdle { recording.append(RecordedPart(session.value.capabilities)) }
        try follow(turn.bytes)
      }
    }
  }

  private func record(_ step: RecordedPart.Step) {
    recording[recording.count - 1].steps.append(step)
  }

  private func receive(_ piece: ArraySlice<UInt8>) throws {
    session.value.receive(piece.span.bytes)
    while !isOpaque {
      let event: Event
      do {
        event = try session.value.next().joined()
      } catch .authentication(let refusal) {
        self.refusal = refusal
        isOpaque = true
        return
      }
      if case .needsInput = event { return }
      let current = outstanding.first
      for event in try ReplayEvent.list(event) { note(event) }
      if case .columns(let columns) = event, let current { remember(columns, of: exchanges[current]) }
      if case .prepared(let statement) = event, let current { remember(statement, exchanges[current].sql) }
    }
  }

  private func note(_ event: ReplayEvent) {
    events.append(event)
    switch event {
    case .startTLS:
      isOpaque = true
      return
    case .ready:
      clientPhase = .commands
      commands = CommandReader(session.value.capabilities)
      isOpaque = expectation.login == .compressed
      return
    case .localInfile: clientPhase = .file
    default: break
    }
    guard let current = outstanding.first else { return }
    exchanges[current].events.append(event)
    guard event.endsResponse else { return }
    outstanding.removeFirst()
    if clientPhase == .authentication { clientPhase = .commands }
  }

  private func follow(_ bytes: [UInt8]) throws {
    clientFramer.queue.append(bytes.span.bytes)
    ours += session.value.takeOutput()
    var isComparable = true
    while let header = try clientFramer.nextHeader() {
      clientFramer.sequence = header.sequence
      guard let packet = try clientFramer.next() else { break }
      switch clientPhase {
      case .login: clientPhase = .authentication
      // Encryption under an RSA key gives different bytes each time.
      case .authentication: isComparable = expectation.deterministic && !isKeyJustReceived
      case .commands: try send(packet.payload)
      case .file:
        if packet.payload.isEmpty {
          try session.value.endFile()
          record(.endFile)
          clientPhase = .commands
        } else {
          try session.value.sendFile(packet.payload)
          record(.sendFile(packet.payload))
        }
      }
    }
    ours += session.value.takeOutput()
    if isComparable, ours != bytes, OneSpelling(ours) != OneSpelling(bytes) {
      differences.append("ours \(hex(ours)), theirs \(hex(bytes))")
    }
    ours = []
  }

  private func send(_ payload: [UInt8]) throws {
    var command = try commands.read(payload)
    var exchange = Exchange(name: "\(command)".prefix { $0.isLetter }.description)
    switch command {
    case .query(let sql, _): exchange.sql = String(decoding: sql, as: UTF8.self)
    case .prepare(let sql): exchange.sql = String(decoding: sql, as: UTF8.self)
    case .execute(var execution):
      let statement = statements[execution.statement]
      exchange.sql = statement?.sql ?? exchanges.last?.sql ?? ""
      exchange.isBinary = true
      execution.knownColumns = statement?.columns
      command = .execute(execution)
      statements[execution.statement]?.exchange = exchanges.count
    case .executeBulk(let execution):
      exchange.sql = statements[execution.statement]?.sql ?? exchanges.last?.sql ?? ""
      exchange.isBinary = true
    case .fetch(let id, let rows, _):
      guard let statement = statements[id], let columns = statement.columns else { break }
      command = .fetch(statement: id, rows: rows, columns: columns)
    case .changeUser(var settings):
      settings.passwords = [Array((changesOfUser.popFirst()?.password ?? expectation.password).utf8)]
      settings.plugins = .all
      settings.publicKey = .askServer
      command = .changeUser(settings)
      clientPhase = .authentication
    default: break
    }
    try session.value.send(command)
    record(.send(command))
    switch command {
    case .closeStatement, .sendLongData, .quit: return
    case .fetch(let id, _, _):
      // The rows of a cursor belong to the execution that opened it.
      if let statement = statements[id] { outstanding.append(statement.exchange) }
    default:
      outstanding.append(exchanges.count)
      exchanges.append(exchange)
    }
  }

  private func remember(_ statement: PreparedStatement, _ sql: String) {
    commands.prepared(statement.id, parameterCount: statement.parameters.count)
    let columns = statement.columns.count == 0 ? nil : statement.columns
    statements[statement.id] = (sql, columns, 0)
  }

  private func remember(_ columns: ResultColumns, of exchange: Exchange) {
    guard exchange.isBinary, let id = statements.first(where: { $0.value.sql == exchange.sql })?.key else {
      return
    }
    statements[id]?.columns = columns
  }
}

extension [UInt8] {
  fileprivate func starts(with prefix: [UInt8], after offset: Int) -> Bool {
    dropFirst(offset).starts(with: prefix)
  }
}

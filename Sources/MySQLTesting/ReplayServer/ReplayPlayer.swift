import MySQLWire
import Synchronization

/// The player of a recording on one connection.
struct ReplayPlayer {
  /// The maximum number of recorded commands that an error names.
  private static let namedAtMost = 50

  let recording: Recording
  private let mode: ReplayServer.Mode
  let connection: ScriptedConnection
  let log: ReplayLog
  private var names = CommandNames()
  /// `position` is the next exchange in the recorded order, for `strict`. `played` holds the exchanges that were played
  /// already, for `byStatement`.
  private var position = 0
  private var played: Set<Int> = []

  init(
    _ recording: Recording, _ mode: ReplayServer.Mode, _ connection: ScriptedConnection, _ log: ReplayLog
  ) {
    self.recording = recording
    self.mode = mode
    self.connection = connection
    self.log = log
  }

  mutating func play() throws(TestServerError) {
    guard try logIn() else { return }
    guard recording.isLoggedIn else { return try end() }
    connection.answersSetup = false
    while !isOver {
      let command: ServerScript.Command
      do {
        command = try connection.readCommand()
      } catch .endOfStream {
        // Not every client sends COM_QUIT.
        return
      }
      let exchange = exchange(for: command)
      if exchange == nil, command.isSetup {
        try connection.sendOK()
        continue
      }
      note(command)
      if let exchange {
        try play(exchange)
      } else {
        try answerUnknown(command)
      }
      if command == .quit { return }
    }
    try end()
  }

  /// Whether the recorded server would have ended the connection by now.
  private var isOver: Bool {
    guard mode == .strict, position == recording.exchanges.count else { return false }
    return recording.endsWithReset || !recording.farewell.isEmpty
  }

  private func end() throws(TestServerError) {
    try connection.send(recording.farewell)
    if recording.endsWithReset { connection.reset() }
  }

  private mutating func note(_ command: ServerScript.Command) {
    switch command {
    case .query(let sql), .prepare(let sql): log.statements.withLock { $0.append(sql) }
    default: break
    }
  }

  private mutating func exchange(for command: ServerScript.Command) -> Recording.Exchange? {
    let name = names.name(of: command)
    let number = mode == .strict ? nextInOrder(name) : bestMatch(name, command)
    guard let number else { return nil }
    position = number + 1
    played.insert(number)
    return recording.exchanges[number]
  }

  private func nextInOrder(_ name: String) -> Int? {
    for number in position..<recording.exchanges.count {
      let exchange = recording.exchanges[number]
      if exchange.name == name { return number }
      if exchange.command.hasAnswer { return nil }
    }
    return nil
  }

  /// Returns an exchange with this name, preferably one with the same parameters: the first that was not played yet, or
  /// else the last.
  private func bestMatch(_ name: String, _ command: ServerScript.Command) -> Int? {
    let known = recording.exchanges.indices.filter { recording.exchanges[$0].name == name }
    let equal = known.filter { recording.exchanges[$0].command == command }
    let best = equal.isEmpty ? known : equal
    return best.first { !played.contains($0) } ?? best.last
  }

  private mutating func play(_ exchange: Recording.Exchange) throws(TestServerError) {
    if let prepared = exchange.prepared {
      names.note(prepared.statement, of: exchange.command)
      connection.notePrepared(prepared.statement, parameterCount: prepared.parameters)
    }
    try play(exchange.answer)
  }

  func play(_ steps: [Recording.Step]) throws(TestServerError) {
    for step in steps {
      switch step {
      case .send(let bytes): try connection.send(renumbering: bytes)
      case .receive: _ = try connection.readPacket()
      case .receiveFile: _ = try connection.readFile()
      }
    }
  }

  private mutating func answerUnknown(_ command: ServerScript.Command) throws(TestServerError) {
    guard command.hasAnswer else { return }
    let name = names.name(of: command)
    switch command {
    case .ping, .resetConnection, .setMultiStatements:
      if mode == .byStatement { return try connection.sendOK() }
    default: break
    }
    let mismatch = ReplayServer.Mismatch(connection: connection.index, expected: expected, received: name)
    log.mismatches.withLock { $0.append(mismatch) }
    try connection.sendError(1064, state: "42000", message: "not as recorded: \(mismatch)")
  }

  private var expected: String {
    switch mode {
    case .strict:
      return recording.exchanges.dropFirst(position).first { $0.command.hasAnswer }?.name ?? "nothing more"
    case .byStatement:
      var known: [String] = []
      for exchange in recording.exchanges where exchange.command.hasAnswer && !known.contains(exchange.name) {
        known.append(exchange.name)
      }
      let more = known.count > Self.namedAtMost ? "; and \(known.count - Self.namedAtMost) more" : ""
      return "one of: " + known.prefix(Self.namedAtMost).joined(separator: "; ") + more
    }
  }
}

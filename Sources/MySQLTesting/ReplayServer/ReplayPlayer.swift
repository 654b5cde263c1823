import MySQLWire
import Synchronization

/// The player of a recording on one connection.
struct ReplayPlayer {
  /// The maximum number of recorded commands that an error names.
  private static let namedAtMost = 50

  private let recording: Recording
  private let mode: ReplayServer.Mode
  private let connection: ScriptedConnection
  private let log: ReplayLog
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
      let command: ServerCommand
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

  private mutating func note(_ command: ServerCommand) {
    switch command {
    case .query(let sql), .prepare(let sql): log.statements.withLock { $0.append(sql) }
    default: break
    }
  }

  private mutating func exchange(for command: ServerCommand) -> Recording.Exchange? {
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
  private func bestMatch(_ name: String, _ command: ServerCommand) -> Int? {
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

  private func play(_ steps: [Recording.Step]) throws(TestServerError) {
    for step in steps {
      switch step {
      case .send(let bytes): try connection.send(renumbering: bytes)
      case .receive: _ = try connection.readPacket()
      case .receiveFile: _ = try connection.readFile()
      }
    }
  }

  private mutating func answerUnknown(_ command: ServerCommand) throws(TestServerError) {
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

// The login.
extension ReplayPlayer {
  /// The capabilities that change the format of answers.
  private static let formats: Capabilities = [
    .deprecateEOF, .sessionTrack, .optionalMetadata, .mariadbExtendedMetadata, .mariadbCacheMetadata,
  ]

  /// Plays the login. Returns whether the client can go on.
  private func logIn() throws(TestServerError) -> Bool {
    guard var greeting = recording.greeting else {
      try play(recording.login)
      return true
    }
    let optional = Self.formats.union([.tls, .compress, .zstd, .mariadbProgress, .localFiles])
    let needed = Self.formats.intersection(recording.capabilities).union(recording.needs)
    greeting.capabilities.subtract(optional.subtracting(recording.capabilities))
    try connection.sendGreeting(greeting)
    guard !recording.login.isEmpty else { return true }
    let login = try connection.readLogin()
    let missing = needed.subtracting(Capabilities(rawValue: login.capabilities))
    guard missing.isEmpty, !login.asksForTLS else {
      let mismatch = ReplayServer.Mismatch(
        connection: connection.index, expected: "a client that takes \(needed.names) and no TLS",
        received: login.asksForTLS ? "one that wants TLS" : "one without \(missing.names)")
      log.mismatches.withLock { $0.append(mismatch) }
      try connection.sendError(1043, state: "08S01", message: "not as recorded: \(mismatch)")
      return false
    }
    try play(Array(recording.login.dropFirst()))
    return true
  }
}

extension Capabilities {
  fileprivate var names: String {
    let known: [(Capabilities, String)] = [
      (.deprecateEOF, "CLIENT_DEPRECATE_EOF"), (.sessionTrack, "CLIENT_SESSION_TRACK"),
      (.optionalMetadata, "CLIENT_OPTIONAL_RESULTSET_METADATA"),
      (.mariadbExtendedMetadata, "MARIADB_CLIENT_EXTENDED_METADATA"),
      (.mariadbCacheMetadata, "MARIADB_CLIENT_CACHE_METADATA"),
      (.mariadbProgress, "MARIADB_CLIENT_PROGRESS"), (.localFiles, "CLIENT_LOCAL_FILES"),
    ]
    let names = known.filter { contains($0.0) }.map(\.1)
    return names.isEmpty ? "nothing special" : names.joined(separator: ", ")
  }
}

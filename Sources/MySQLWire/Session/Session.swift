/// The client's side of one connection, without any I/O: bytes in (`receive`), events out (`next`),
/// commands in (`send`), bytes out (`takeOutput`).
///
/// Everything that decides what happens next lives in this folder. The rules:
///
/// - A session is in one `Phase`. A packet that its phase does not handle is a `Violation`, and after one
///   the session is poisoned: it says nothing more, and `next` throws the same again.
/// - The connection phase goes greeting → (startingTLS) → login → commands. An error packet ends it.
/// - In `commands` the server owes one response for each entry of `pending`, in order. The first entry
///   decides how its response reads; it is taken off when the response is complete, and an error completes
///   it. Commands may be sent while others are pending: the server answers them one after the other.
/// - A response to a query is a row of results. Each is an OK, or columns and then rows and an end, or a
///   request for a file and then an OK; the status of an OK or an end tells whether another result follows.
/// - A session is idle in `commands` with nothing pending. All a server may send then is an error before it
///   closes.
/// - There are no events for the answers to commands that went ahead of another (`ahead`). A refusal of one that is
///   required is a `Violation`: the command after it was sent to a session that was not ready for it.
/// - Not calling `next` is the back-pressure: received bytes wait, and nothing is done ahead of time.
package struct Session: ~Copyable {
  package let settings: SessionSettings
  /// What the server said of itself, once it did.
  package internal(set) var greeting: Greeting?
  /// What both sides speak, once that is settled.
  package internal(set) var capabilities: Capabilities = []
  /// The error that came where TLS had to begin. Anybody between here and the server can have written it.
  package internal(set) var errorBeforeTLS: ErrorPacket?
  /// The server's state as it last told.
  package internal(set) var status: StatusFlags = []

  /// What goes ahead of the next command that has an answer, in the same piece of output.
  package var ahead: [CommandAhead] = []

  /// Is shown all bytes of both directions, outside of any TLS.
  package var tap: (@Sendable (_ bytes: [UInt8], _ isFromServer: Bool) -> Void)?

  var phase = Phase.greeting
  var channel: Channel
  /// The responses that the server owes, the one under way first.
  var pending = ResponseQueue()
  /// The commands that went ahead and are not answered yet.
  var sentAhead: [CommandAhead] = []
  var framer: PacketFramer
  var output = PacketWriter()
  /// The server's latest challenge of 20 bytes, which COM_CHANGE_USER answers.
  var challenge: [UInt8] = []
  /// Definitions that have arrived of a result or statement whose definitions have not all arrived.
  var definitions: [ColumnDefinition] = []
  /// The packets in which they arrive, if those lay in the queue all at once.
  var definitionPackets: [UInt8] = []
  /// The columns of the last text result, which the next one may have too.
  var lastOfText: ResultColumns?
  /// How many rows of the result under way have been given out.
  var rowNumber = 0
  /// What the EOF behind a result's definitions said that the one behind its rows leaves out.
  var statusBehindDefinitions: StatusFlags = []
  /// The sequence id of an EOF packet that may follow the last preparation, although CLIENT_DEPRECATE_EOF was
  /// agreed. Some servers and proxies send one (mysql-mimic 3.0).
  var strayEOF: UInt8?
  /// The columns of the statement prepared last, for an execution sent along with its preparation.
  var lastPrepared: ResultColumns?

  // What is large lies elsewhere: the phase is copied for each event.
  enum Phase {
    case greeting
    /// TLS was asked for, and `tlsStarted` will say that it runs.
    case startingTLS
    indirect case login(Login)
    case commands
    /// Definitions are arriving.
    case definitions(DefinitionList)
    case rows(ResultColumns)
    /// The rows stay at the server, which said so behind the definitions (without CLIENT_DEPRECATE_EOF).
    indirect case openCursor(OKPacket)
    case localInfile
    case closed
    indirect case poisoned(Violation)
  }

  package init(_ settings: SessionSettings) throws(Misuse) {
    guard !settings.user.contains(0), settings.database?.contains(0) != true else { throw .embeddedNUL }
    self.settings = settings
    channel = settings.channel
    framer = PacketFramer(payloadLimit: settings.limits.payload)
  }

  /// Whether the login is done, nothing is owed, and nothing unread has arrived.
  package var isIdle: Bool {
    guard case .commands = phase else { return false }
    return pending.isEmpty && framer.queue.isEmpty && !framer.isJoining
  }

  /// Whether a result is under way that has begun and not ended.
  package var isReceivingRows: Bool {
    mutating get { if case .rows = phase { true } else { false } }
  }

  /// How many commands the server has yet to answer.
  package var owedResponses: Int { mutating get { pending.count } }

  /// Whether no command can be sent any more.
  package var isClosed: Bool {
    switch phase {
    case .closed, .poisoned: true
    default: false
    }
  }

  package mutating func receive(_ bytes: RawSpan) {
    guard !isClosed else { return }
    if let tap { tap(bytes.bytes(in: 0..<bytes.byteCount), true) }
    framer.queue.append(bytes)
  }

  /// The next event. `.needsInput` when all received bytes are used up.
  package mutating func next() throws(Violation) -> Event {
    do {
      return try advance()
    } catch {
      phase = .poisoned(error)
      throw error
    }
  }

  // Mutating: for a member that only reads, callers in other modules copy the session, which takes longer than to ask.
  package var hasOutput: Bool { mutating get { !output.isEmpty } }

  /// The bytes to send, which are then the caller's.
  package mutating func takeOutput() -> [UInt8] {
    let bytes = output.take()
    if let tap, !bytes.isEmpty { tap(bytes, false) }
    return bytes
  }

  /// Shows the bytes to send, and forgets as many as the closure returns that it took from the front: the others
  /// are shown again. Where all are taken, the next command is written into the same memory.
  package mutating func withOutput<E: Error>(_ send: (RawSpan) throws(E) -> Int) throws(E) {
    let tap = tap
    try output.drain { (bytes) throws(E) in
      let count = try send(bytes)
      if let tap, count > 0 { tap(bytes.bytes(in: 0..<count), false) }
      return count
    }
  }

  private mutating func advance() throws(Violation) -> Event {
    while true {
      let event: Event?
      switch phase {
      case .greeting: event = try receiveGreeting()
      case .login(let login): event = try receiveLogin(login)
      case .commands: event = try receiveResponse()
      case .definitions(let list): event = try receiveDefinition(list)
      case .rows(let columns): event = try receiveRows(columns)
      case .openCursor(let end):
        endResult(end)
        event = .rowsEnd(end)
      case .startingTLS:
        guard framer.queue.isEmpty else { throw .bytesBeforeTLS }
        event = .needsInput
      case .localInfile:
        // While the server waits for the file it may only say why it closes.
        event = try receiveUnasked(.localInfile)
      case .closed: event = .needsInput
      case .poisoned(let violation): throw violation
      }
      if let event { return event }
    }
  }
}

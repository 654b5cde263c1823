/// The client's side of one connection, without any I/O: bytes in (`receive`), events out (`next`), commands
/// in (`send`), bytes out (`takeOutput`).
///
/// Everything that decides what happens next lives in this folder. The rules:
///
/// - A session is in one `Phase`. A packet that its phase does not handle is a `Violation`. After a violation
///   the session is poisoned: it does nothing more, and `next` throws the same violation again.
/// - The connection phase goes greeting → (startingTLS) → login → commands. An error packet ends it.
/// - In `commands` the server owes one response for each entry of `pending`, in order. The first entry
///   decides how its response is read. It is removed when the response is complete, and an error completes
///   it. Commands may be sent while others are pending: the server replies to them one after the other.
/// - A response to a query is a series of results. Each is an OK, or columns and then rows and an end, or a
///   request for a file and then an OK. The status of an OK or an end tells whether another result follows.
/// - A session is idle in `commands` with nothing pending. The server may then send nothing but an error
///   before it closes the connection.
/// - There are no events for the replies to commands that were sent ahead of another (`ahead`). If the server
///   refuses one that is required, that is a `Violation`: the command after it was sent to a session that was
///   not ready for it.
/// - Not calling `next` applies back-pressure: received bytes wait, and nothing is processed ahead of time.
package struct Session: ~Copyable {
  package let settings: SessionSettings
  /// The server's greeting, once it has arrived.
  package internal(set) var greeting: Greeting?
  /// The capabilities that both sides use, once they are negotiated.
  package internal(set) var capabilities: Capabilities = []
  /// The error that arrived where TLS had to begin. Anybody between client and server can have written it.
  package internal(set) var errorBeforeTLS: ErrorPacket?
  /// The server's state as last reported.
  package internal(set) var status: StatusFlags = []

  /// The commands to send ahead of the next command that has a response, in the same piece of output.
  package var ahead: [CommandAhead] = []

  /// A closure that is called with all bytes of both directions, without any TLS encryption.
  package var tap: (@Sendable (_ bytes: [UInt8], _ isFromServer: Bool) -> Void)?

  var phase = Phase.greeting
  var channel: ChannelSecurity
  /// The responses that the server owes, the one in progress first.
  var pending = ResponseQueue()
  /// The commands that were sent ahead and have no reply yet.
  var sentAhead: [CommandAhead] = []
  var framer: PacketFramer
  var output = PacketWriter()
  /// The server's latest challenge of 20 bytes, which COM_CHANGE_USER answers.
  var challenge: [UInt8] = []
  /// The definitions received so far of a result or statement whose definitions have not all arrived.
  var definitions: [ColumnDefinition] = []
  /// The packets that bring these definitions, if all of them were in the queue at once.
  var definitionPackets: [UInt8] = []
  /// The columns of the last text result. The next result may have the same.
  var lastOfText: ResultColumns?
  /// The last OK of the shortest kind, and its bytes. The next one may be the same.
  var lastShortOK: (bytes: UInt64, ok: OKPacket)?
  /// The number of rows of the current result that have been delivered.
  var rowNumber = 0
  /// The memory of the last large row, if there was one.
  package internal(set) var spareMemory: SpareMemory?
  /// The status flags from the EOF after a result's definitions that the EOF after its rows omits.
  var statusAfterDefinitions: StatusFlags = []
  /// The sequence id of an EOF packet that may follow the last preparation, although CLIENT_DEPRECATE_EOF was
  /// agreed. Some servers and proxies send one (mysql-mimic 3.0).
  var strayEOF: UInt8?
  /// The columns of the statement prepared last, for an execution sent along with its preparation.
  var lastPrepared: ResultColumns?

  // Large values are indirect, because the phase is copied for each event.
  enum Phase {
    case greeting
    /// TLS was requested, and `tlsStarted` will report that it runs.
    case startingTLS
    indirect case login(Login)
    case commands
    /// Definitions are arriving.
    case definitions(DefinitionList)
    case rows(ResultColumns)
    /// The rows stay on the server, which said so after the definitions (without CLIENT_DEPRECATE_EOF).
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

  /// Whether the last response has been delivered and nothing has arrived after it, so that `next` would return
  /// `.needsInput`. Mutating for the same reason as `hasOutput`.
  package var isDone: Bool { mutating get { isIdle } }

  /// Whether a result with rows has begun and not yet ended.
  package var isReceivingRows: Bool {
    mutating get { if case .rows = phase { true } else { false } }
  }

  /// The number of commands that the server has not replied to yet.
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

  /// Whether the bytes to come belong to a large row, so that `receiveLarge` takes them with one copy less.
  package var isReceivingLargeRow: Bool {
    mutating get { tap == nil && framer.lackingOfLarge > 0 && !isClosed }
  }

  /// Lets the closure write received bytes into the large row, and returns how many it wrote. Call it only while
  /// `isReceivingLargeRow`.
  package mutating func receiveLarge<E: Error>(
    _ write: (inout OutputSpan<UInt8>) throws(E) -> Void
  ) throws(E) -> Int {
    try framer.receiveLarge(write)
  }

  /// Returns the next event, or `.needsInput` when all received bytes are used up.
  package mutating func next() throws(Violation) -> Event {
    do {
      return try advance()
    } catch {
      phase = .poisoned(error)
      throw error
    }
  }

  // Mutating: to use a nonmutating member, callers in other modules copy the session, which takes longer than
  // the check.
  package var hasOutput: Bool { mutating get { !output.isEmpty } }

  /// Removes and returns the bytes to send.
  package mutating func takeOutput() -> [UInt8] {
    let bytes = output.take()
    if let tap, !bytes.isEmpty { tap(bytes, false) }
    return bytes
  }

  /// Calls the closure with the bytes to send, and removes as many from the front as it returns. The others
  /// are passed again next time. If all are taken, the next command is written into the same memory.
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
        // While the server waits for the file, it may send only an error that says why it closes the connection.
        event = try receiveUnasked(.localInfile)
      case .closed: event = .needsInput
      case .poisoned(let violation): throw violation
      }
      if let event { return event }
    }
  }
}

import MySQLTesting
import MySQLWire

/// The library's own protocol machine over a blocking socket.
final class SessionClient {
  let socket: RawClient
  /// The turns so far.
  private(set) var turns: [CaptureFile.Conversation.Turn] = []
  /// The OK that accepted the login.
  private(set) var acceptance = OKPacket()
  private let session: SessionBox

  private final class SessionBox {
    var value: Session
    init(_ settings: SessionSettings) throws { value = try Session(settings) }
  }

  enum Failure: Error, Equatable { case endOfStream, closed(ErrorPacket), failed(ErrorPacket) }

  /// Connects and logs in.
  init(
    port: Int, user: String = "test", password: String = "",
    _ adjust: (inout SessionSettings) -> Void = { _ in }
  ) throws {
    socket = try RawClient(port: port)
    var settings = SessionSettings(user: Array(user.utf8), passwords: [Array(password.utf8)])
    adjust(&settings)
    session = try SessionBox(settings)
    while true {
      guard case .ready(let ok) = try next() else { continue }
      acceptance = ok
      return
    }
  }

  var capabilities: Capabilities { session.value.capabilities }
  var greeting: Greeting? { session.value.greeting }

  /// Returns the next event other than `needsInput`.
  func next() throws -> Event {
    while true {
      let event = try session.value.next().joined()
      try flush()
      switch event {
      case .needsInput:
        let bytes = try socket.receive()
        guard !bytes.isEmpty else { throw Failure.endOfStream }
        note(.server, bytes)
        session.value.receive(bytes.span.bytes)
      case .closed(let error): throw Failure.closed(error)
      default: return event
      }
    }
  }

  func send(_ command: Command) throws {
    try session.value.send(command)
    try flush()
  }

  /// Sends a command and reads its response: all rows, and the last OK.
  @discardableResult
  func run(_ command: Command) throws -> (rows: [[Value]], end: OKPacket) {
    try send(command)
    return try response()
  }

  func query(_ sql: String) throws -> [[Value]] { try run(.query(Array(sql.utf8))).rows }

  func response() throws -> (rows: [[Value]], end: OKPacket) {
    var rows: [[Value]] = []
    while true {
      switch try next() {
      case .rows(let block):
        rows += try block.values()
        if let end = block.end, !end.status.contains(.moreResults) { return (rows, end) }
      case .failed(let error): throw Failure.failed(error)
      case .ok(let ok), .rowsEnd(let ok): if !ok.status.contains(.moreResults) { return (rows, ok) }
      default: break
      }
    }
  }

  func prepare(_ sql: String) throws -> PreparedStatement {
    try send(.prepare(Array(sql.utf8)))
    while true {
      switch try next() {
      case .prepared(let statement): return statement
      case .failed(let error): throw Failure.failed(error)
      default: break
      }
    }
  }

  /// Answers a request for a file.
  func sendFile(_ bytes: [UInt8]) throws {
    try session.value.sendFile(bytes)
    try session.value.endFile()
    try flush()
  }

  private func flush() throws {
    let output = session.value.takeOutput()
    guard !output.isEmpty else { return }
    note(.client, output)
    try socket.send(output)
  }

  private func note(_ direction: StreamDirection, _ bytes: [UInt8]) {
    if turns.last?.direction != direction { turns.append(CaptureFile.Conversation.Turn(direction, [])) }
    turns[turns.count - 1].bytes += bytes
  }
}

import MySQLWire

/// A session whose server is the test: bytes in, events and packets out.
final class Dialogue {
  var session: Session
  /// The id of the login's last packet so far.
  var loginSequence: UInt8 = 0

  init(_ settings: SessionSettings = .test) throws { session = try Session(settings) }

  init(_ session: consuming Session) { self.session = session }

  /// Returns a session that has logged in, with the same capabilities on both sides.
  static func loggedIn(
    _ capabilities: Capabilities = .withOK, limits: Limits = Limits()
  ) throws -> Dialogue {
    var settings = SessionSettings.test
    settings.capabilities = capabilities
    settings.limits = limits
    let dialogue = try Dialogue(settings)
    try dialogue.hear(packet(0, ScriptedGreeting(capabilities: capabilities).payload))
    _ = dialogue.takeOutput()
    try dialogue.hear(packet(2, ok()))
    return dialogue
  }

  var isIdle: Bool { session.isIdle }
  var isClosed: Bool { session.isClosed }
  var hasOutput: Bool { session.hasOutput }

  func send(_ command: Command) throws(Misuse) { try session.send(command) }
  func takeOutput() -> Bytes { session.takeOutput() }

  /// Feeds the bytes to the session, and returns its events until it needs more.
  @discardableResult
  func hear(_ bytes: Bytes) throws(Violation) -> [ReplayEvent] {
    session.receive(bytes.span.bytes)
    return try events()
  }

  func events() throws(Violation) -> [ReplayEvent] {
    var events: [ReplayEvent] = []
    while true {
      let event = try session.next().joined()
      if case .needsInput = event { return events }
      events += try ReplayEvent.list(event)
      if case .startTLS = event { return events }
    }
  }

  /// Sends a command and feeds these payloads as the response, numbered from 1. Returns the session's events.
  @discardableResult
  func exchange(_ command: Command, _ payloads: Bytes...) throws -> [ReplayEvent] {
    try session.send(command)
    _ = session.takeOutput()
    return try hear(packets(payloads))
  }

  /// Returns the packets that the session wrote.
  func said() throws(Violation) -> [Said] {
    var framer = PacketFramer(payloadLimit: .max)
    framer.queue.append(session.takeOutput().span.bytes)
    var packets: [Said] = []
    while let header = try framer.nextHeader() {
      framer.sequence = header.sequence
      guard let packet = try framer.next() else { break }
      packets.append(Said(header.sequence, packet.payload))
    }
    guard framer.queue.isEmpty, !framer.isJoining else { throw .truncated }
    return packets
  }
}

/// A packet that the client sent.
struct Said: Equatable {
  var sequence: UInt8
  var payload: Bytes

  init(_ sequence: UInt8, _ payload: Bytes) {
    self.sequence = sequence
    self.payload = payload
  }
}

extension SessionSettings {
  static let test = SessionSettings(user: Array("me".utf8), passwords: [Array("secret".utf8)])
}

extension Command {
  static func query(_ sql: String) -> Command { .query(Array(sql.utf8)) }
  static func prepare(_ sql: String) -> Command { .prepare(Array(sql.utf8)) }
  static func execute(_ statement: UInt32) -> Command { .execute(Execution(statement: statement)) }
}

extension OKPacket {
  /// Returns the packet that `ok`, and `end` too, is read as.
  static func expected(
    status: StatusFlags = .autocommit, warnings: UInt16 = 0, _ change: (inout OKPacket) -> Void = { _ in }
  ) throws(Violation) -> Self {
    var packet = OKPacket(try EOFPacket(payload: eof(status: status, warnings: warnings)))
    change(&packet)
    return packet
  }
}

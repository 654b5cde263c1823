import MySQLWire

/// A describer of each packet of a connection. It gets the bytes of both directions in the order in which they were
/// sent, and remembers what the meaning of a packet depends on.
package struct PacketDescriber: Sendable {
  /// The phase of the connection.
  enum Phase {
    case greeting, login, authentication, commands
    /// What follows cannot be read, for the reason given.
    case tls, compressed, lost
  }

  var phase = Phase.greeting
  var capabilities = Capabilities()
  var serverCapabilities = Capabilities()
  var plugin = ""
  /// The commands that are still owed an answer, or a part of it.
  var requests = RequestQueue()
  var reader = CommandReader([])
  var statements: [UInt32: Statement] = [:]
  var lastPrepared: UInt32?
  /// The text of the last row, whose memory the next one uses again.
  var row: [UInt8] = []
  private var client: Stream
  private var server: Stream
  private let readsPastTLS: Bool
  let keepsContents: Bool
  /// The last command of the client, if contents are kept, and whether it has to do with passwords.
  var last: (command: Command, isSecret: Bool)?
  /// The session as far as the packets show it, if contents are kept.
  var session = SessionState()
  /// After a gap: the direction and the number of the bytes that are not reported yet.
  private var unreadable = (direction: StreamDirection.client, count: 0)

  /// A statement that the server has prepared.
  struct Statement {
    var sql: String
    var columns = ResultColumns([], format: .binary)
    var parameters = 0
    var mentionsSecret = false
  }

  /// - Parameters:
  ///   - readsPastTLS: Whether the bytes after the start of TLS come decrypted.
  ///   - keepsContents: Whether packets come with their contents.
  package init(readsPastTLS: Bool = false, keepsContents: Bool = false) {
    client = Stream(.client)
    server = Stream(.server)
    self.readsPastTLS = readsPastTLS
    self.keepsContents = keepsContents
  }

  /// Returns the packets that these bytes complete.
  package mutating func receive(
    _ bytes: some Collection<UInt8>, from direction: StreamDirection
  ) -> [DescribedPacket] {
    var packets: [DescribedPacket] = []
    receive(bytes, from: direction) { packets.append($0) }
    return packets
  }

  /// Calls the closure with each packet that these bytes complete.
  package mutating func receive(
    _ bytes: some Collection<UInt8>, from direction: StreamDirection,
    _ body: (DescribedPacket) -> Void
  ) {
    if unreadable.count > 0, unreadable.direction != direction { end(body) }
    switch direction {
    case .client: client.append(bytes)
    case .server: server.append(bytes)
    }
    var message = Message(direction: direction)
    while takeNext(&message, body) {}
  }

  /// Reports that bytes of a direction are missing. From then on packets cannot be told apart.
  package mutating func lose(
    _ count: Int, from direction: StreamDirection, _ body: (DescribedPacket) -> Void
  ) {
    end(body)
    phase = .lost
    body(
      DescribedPacket(
        direction: direction, sequence: nil, size: count, kind: "gap",
        fields: "the capture lacks these bytes; what follows is not taken apart"))
  }

  /// Reports the bytes after a gap that were not parsed. Called when nothing follows them.
  package mutating func end(_ body: (DescribedPacket) -> Void) {
    guard unreadable.count > 0 else { return }
    body(
      DescribedPacket(
        direction: unreadable.direction, sequence: nil, size: unreadable.count, kind: "bytes",
        fields: "after a gap"))
    unreadable.count = 0
  }

  /// Takes the next packet, TLS record or frame of a direction. Returns whether there was one.
  ///
  /// - Parameter message: What was taken before; its memory is used again.
  private mutating func takeNext(_ message: inout Message, _ body: (DescribedPacket) -> Void) -> Bool {
    let direction = message.direction
    switch phase {
    case .tls: return take(direction, body) { $0.takeRecord() }
    case .compressed: return take(direction, body) { $0.takeFrame() }
    case .lost:
      unreadable.direction = direction
      unreadable.count += direction == .client ? client.takeRest() : server.takeRest()
      return false
    default: break
    }
    guard direction == .client ? client.take(&message) : server.take(&message) else { return false }
    let context = keepsContents ? FieldContext(of: message, self) : nil
    var described = describe(message)
    described.sequence = message.sequence
    described.size = message.size
    if let context { described.contents = contents(of: message, described, context) }
    body(described)
    // If a payload has several packets, the first one describes all of it.
    for (index, size) in message.continuations.enumerated() {
      var continuation = DescribedPacket(
        direction: direction, sequence: message.sequence &+ UInt8(truncatingIfNeeded: index + 1),
        size: size, kind: "continuation", fields: "of the \(described.kind) before")
      if keepsContents { continuation.contents = contents(of: continuation) }
      body(continuation)
    }
    return true
  }

  private mutating func take(
    _ direction: StreamDirection, _ body: (DescribedPacket) -> Void,
    _ next: (inout Stream) -> DescribedPacket?
  ) -> Bool {
    let head = keepsContents ? (direction == .client ? client : server).head : []
    guard var packet = direction == .client ? next(&client) : next(&server) else { return false }
    if keepsContents { packet.contents = contents(of: packet, head: head) }
    body(packet)
    return true
  }

  private mutating func describe(_ message: Message) -> DescribedPacket {
    do throws(Violation) {
      switch (phase, message.direction) {
      case (.greeting, .server): return try describeGreeting(message)
      case (.login, .client): return try describeLogin(message)
      case (.authentication, .client): return describeAuthentication(message)
      case (.login, .server), (.authentication, .server): return try describeLoginAnswer(message)
      case (_, .client): return try describeCommand(message)
      case (_, .server): return try describeAnswer(message)
      }
    } catch {
      return packet(message, "malformed", "\(error)")
    }
  }

  func packet(
    _ message: Message, _ kind: String, _ fields: String = "", statement: String? = nil
  ) -> DescribedPacket {
    DescribedPacket(
      direction: message.direction, sequence: message.sequence, size: message.payload.count, kind: kind,
      fields: fields, statement: statement)
  }

  mutating func startTLS() { if !readsPastTLS { phase = .tls } }
}

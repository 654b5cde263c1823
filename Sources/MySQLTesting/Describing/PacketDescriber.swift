import MySQLWire

/// Says of each packet of a connection what it is. It is given the bytes of both directions in the order in
/// which they went by, and remembers what the meaning of a packet depends on.
package struct PacketDescriber: Sendable {
  /// Where the connection stands.
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
  var requests: [Request] = []
  var reader = CommandReader([])
  var statements: [UInt32: Statement] = [:]
  var lastPrepared: UInt32?
  private var client: Stream
  private var server: Stream
  private let readsPastTLS: Bool

  /// A statement that the server has prepared.
  struct Statement {
    var sql: String
    var columns = ResultColumns([], format: .binary)
    var parameters = 0
    var mentionsSecret: Bool { StatementSecrets.areMentioned(in: sql) }
  }

  /// - Parameter readsPastTLS: Whether the bytes are those inside of TLS once that has started.
  package init(readsPastTLS: Bool = false) {
    client = Stream(.client)
    server = Stream(.server)
    self.readsPastTLS = readsPastTLS
  }

  /// The packets that became complete with these bytes.
  package mutating func receive(
    _ bytes: some Collection<UInt8>, from direction: Conversation.Direction
  ) -> [DescribedPacket] {
    switch direction {
    case .client: client.bytes += bytes
    case .server: server.bytes += bytes
    }
    var packets: [DescribedPacket] = []
    while let next = next(direction) { packets += next }
    return packets
  }

  /// Bytes of a direction went by unseen: what follows cannot be told from what.
  package mutating func lose(_ count: Int, from direction: Conversation.Direction) -> DescribedPacket {
    phase = .lost
    return DescribedPacket(
      direction: direction, sequence: nil, size: count, kind: "gap",
      fields: "the capture lacks these bytes; what follows is not taken apart")
  }

  private mutating func next(_ direction: Conversation.Direction) -> [DescribedPacket]? {
    switch phase {
    case .tls: return take(direction) { $0.takeRecord() }
    case .compressed: return take(direction) { $0.takeFrame() }
    case .lost: return take(direction) { $0.takeRest() }
    default: break
    }
    guard let message = direction == .client ? client.takeMessage() : server.takeMessage() else { return nil }
    var described = describe(message)
    described.sequence = message.sequence
    described.size = message.sizes[0]
    // Of a payload in several packets, the first stands for all.
    return [described]
      + message.sizes.dropFirst().enumerated().map { index, size in
        DescribedPacket(
          direction: direction, sequence: message.sequence &+ UInt8(truncatingIfNeeded: index + 1),
          size: size, kind: "continuation", fields: "of the \(described.kind) before")
      }
  }

  private mutating func take(
    _ direction: Conversation.Direction, _ body: (inout Stream) -> DescribedPacket?
  ) -> [DescribedPacket]? {
    switch direction {
    case .client: body(&client).map { [$0] }
    case .server: body(&server).map { [$0] }
    }
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

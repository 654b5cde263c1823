import MySQLWire
import Synchronization

/// A client's connection to a `ScriptedServer`, with verbs for the server's side of it.
///
/// The verbs are for the handler's thread, which they block. `close`, `reset`, `received` and everything else that does
/// not wait may be used from any thread. Every verb throws `TestServerError`: `.stopped` when the server is stopped,
/// `.endOfStream` or `.reset` when the client is gone, `.closed` after `close` or `reset`.
public final class ScriptedConnection: Sendable {
  /// The number of connections before this one.
  public let index: Int
  let socket: Socket
  let interrupt: Interrupt
  let threads: ServerThreads
  let state = Mutex(State())

  struct State: ~Copyable {
    var framer = PacketFramer()
    /// The id that the next packet sent will carry.
    var sequence: UInt8 = 0
    var received: [UInt8] = []
    var pieces: (size: Int, pause: Duration)?
    var offered: Capabilities?
    var capabilities: Capabilities = []
    var commands = CommandReader([])
    var answersSetup = true
    var isClosed = false
    var hasEnded = false
  }

  init(_ incoming: Acceptor.Incoming) {
    index = incoming.index
    socket = incoming.socket
    interrupt = incoming.interrupt
    threads = incoming.threads
  }

  /// Every byte that was read from the client.
  public var received: [UInt8] { state.withLock { $0.received } }

  /// The sequence id that the next packet sent will carry: one more than that of the last packet received
  /// or sent. Set it to break the count.
  public var sequence: UInt8 {
    get { state.withLock { $0.sequence } }
    set { state.withLock { $0.sequence = newValue } }
  }

  /// The CLIENT_ flags (MariaDB's own from bit 32 on) that both sides have. Results are written accordingly.
  /// `readLogin` sets them; a script that does not call it must set them itself.
  public var capabilities: UInt64 {
    get { state.withLock { $0.capabilities.rawValue } }
    set { agree(on: Capabilities(rawValue: newValue)) }
  }

  /// Whether `readCommand` itself replies to the statements that swift-mysql sends on its own: `SET NAMES utf8mb4` and
  /// `SET session_track_schema = ON …` before the first command of a session, and `SELECT @@max_allowed_packet` before
  /// the first large one. Set it to false for scripts that test these statements.
  public var answersSetup: Bool {
    get { state.withLock { $0.answersSetup } }
    set { state.withLock { $0.answersSetup = newValue } }
  }

  /// Whether both sides have finished with the connection.
  public var hasEnded: Bool { state.withLock { $0.hasEnded } }

  /// Waits until both sides have finished with the connection. Returns whether they have.
  public func waitForEnd(timeout: Duration = .seconds(5)) async -> Bool {
    let deadline = ContinuousClock.now + timeout
    while !hasEnded {
      guard deadline > .now, (try? await Task.sleep(for: .milliseconds(1))) != nil else { return false }
    }
    return true
  }

  /// Sends bytes as they are, in pieces if `split` says so.
  public func send(_ bytes: [UInt8]) throws(TestServerError) {
    guard !state.withLock({ $0.isClosed }) else { throw .closed }
    guard let (size, pause) = state.withLock({ $0.pieces }) else { return try socket.send(bytes[...]) }
    var rest = bytes[...]
    while !rest.isEmpty {
      try socket.send(rest.prefix(size))
      rest = rest.dropFirst(size)
      if pause > .zero, !rest.isEmpty { try interrupt.sleep(for: pause) }
    }
  }

  /// Sends a payload as a packet: with its length and the next sequence id before it, and in several packets
  /// if it has 16 MiB - 1 bytes or more.
  public func sendPacket(_ payload: [UInt8]) throws(TestServerError) {
    try send { packets, _ in packets.write { $0.write(payload) } }
  }

  /// Reads the client's next message: the payload of one packet, or of all packets that belong together. Waits up to
  /// the timeout, or without one until the connection ends. Any sequence id is accepted.
  public func readPacket(timeout: Duration? = nil) throws(TestServerError) -> [UInt8] {
    let deadline = timeout.map { ContinuousClock.now + $0 }
    while true {
      if let payload = try nextPayload() { return payload }
      guard try receive(until: deadline) else { throw .endOfStream }
    }
  }

  /// Writes packets, with the capabilities that both sides have, and sends them together.
  func send(
    _ write: (inout ServerPackets, Capabilities) throws(TestServerError) -> Void
  ) throws(TestServerError) {
    let (sequence, capabilities) = state.withLock { ($0.sequence, $0.capabilities) }
    var packets = ServerPackets(sequence: sequence)
    try write(&packets, capabilities)
    let next = packets.sequence
    state.withLock { $0.sequence = next }
    try send(packets.take())
  }

  func agree(on capabilities: Capabilities) {
    state.withLock { state in
      state.capabilities = capabilities
      state.commands = CommandReader(capabilities)
    }
  }

  /// Receives and keeps more bytes; false once the client has finished.
  func receive(until deadline: ContinuousClock.Instant? = nil) throws(TestServerError) -> Bool {
    guard !state.withLock({ $0.isClosed }) else { throw .closed }
    return try receiveAnyway(until: deadline)
  }

  private func receiveAnyway(until deadline: ContinuousClock.Instant? = nil) throws(TestServerError) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = try socket.receive(into: &buffer, until: deadline)
    let bytes = buffer[..<count]
    state.withLock { state in
      state.received += bytes
      state.framer.queue.append(bytes.span.bytes)
    }
    return count > 0
  }

  private func nextPayload() throws(TestServerError) -> [UInt8]? {
    do {
      return try state.withLock { state throws(Violation) in
        guard let header = try state.framer.nextHeader() else { return nil }
        state.framer.sequence = header.sequence
        guard let packet = try state.framer.next() else { return nil }
        state.sequence = state.framer.sequence
        return packet.payload
      }
    } catch {
      throw .malformed("\(error)")
    }
  }

  /// Ends the connection after the handler: waits for the client to finish too, so that it sees FIN, and closes the
  /// socket.
  func finish() {
    close()
    while (try? receiveAnyway()) == true {}
    socket.close(.close)
    state.withLock { $0.hasEnded = true }
  }
}

import Synchronization

/// One connection through a `FaultProxy`: two sockets, and a pump in each direction.
final class ProxyLink: Sendable {
  let client: Socket
  let server: Socket
  let interrupt: Interrupt
  private let recordsBytes: Bool
  private let state = Mutex(State())

  private struct State {
    var mode = Mode.forwarding
    var isTLS = false
    var traffic: [StreamDirection: FaultProxy.Traffic] = [:]
    var bytes: [StreamDirection: [UInt8]] = [:]
    var runningPumps = 2
    var brokenAt: ContinuousClock.Instant?
  }

  /// What happens to received bytes.
  enum Mode {
    case forwarding
    /// FIN was sent to both sides, and what they still send is dropped.
    case dropping
    /// Nothing is even read.
    case blackHole
  }

  init(client: Socket, server: Socket, _ interrupt: Interrupt, recordsBytes: Bool = false) {
    self.recordsBytes = recordsBytes
    self.client = client
    self.server = server
    self.interrupt = interrupt
  }

  var mode: Mode { state.withLock { $0.mode } }
  var hasEnded: Bool { state.withLock { $0.runningPumps == 0 } }
  var isTLS: Bool { state.withLock { $0.isTLS } }

  /// The time at which the client was first shown that the connection is broken or over: by its end, or by bytes that
  /// the server did not send.
  var brokenAt: ContinuousClock.Instant? { state.withLock { $0.brokenAt } }

  func traffic(from direction: StreamDirection) -> FaultProxy.Traffic {
    state.withLock { $0.traffic[direction] ?? FaultProxy.Traffic() }
  }

  func bytes(from direction: StreamDirection) -> [UInt8] {
    state.withLock { $0.bytes[direction] ?? [] }
  }

  /// Records what is about to be sent, so that a side that has received it finds it counted.
  func note(_ scanner: PacketScanner, _ bytes: ArraySlice<UInt8>, from direction: StreamDirection) {
    state.withLock { state in
      if recordsBytes { state.bytes[direction, default: []] += bytes }
      state.traffic[direction] = FaultProxy.Traffic(bytes: scanner.offset, packets: scanner.packets)
      if direction == .client, scanner.isTLS { state.isTLS = true }
    }
  }

  /// Records that the client is about to be shown that the connection is broken or over.
  func noteBreak() {
    state.withLock { state in
      if state.brokenAt == nil { state.brokenAt = .now }
    }
  }

  func cut() {
    state.withLock { $0.mode = .dropping }
    noteBreak()
    client.finishSending()
    server.finishSending()
  }

  func reset() {
    noteBreak()
    client.close(.reset)
    server.close(.reset)
  }

  func fallSilent() {
    state.withLock { $0.mode = .blackHole }
  }

  /// Resets both sides and closes the sockets, for a link on which no pump will run.
  func abandon() {
    state.withLock { $0.runningPumps = 0 }
    reset()
  }

  /// Records that a pump has ended. The second one closes the sockets.
  func pumpHasEnded() {
    let isLast = state.withLock { state in
      state.runningPumps -= 1
      return state.runningPumps == 0
    }
    guard isLast else { return }
    client.close(.close)
    server.close(.close)
  }
}

/// A pump that forwards one direction of a connection, on its own thread.
struct ProxyPump {
  private static let bufferSize = 256 << 10

  private let link: ProxyLink
  private let direction: StreamDirection
  private let source: Socket
  private let target: Socket
  private let plan: StreamPlan
  private var faults: ArraySlice<FaultPlan.Fault>
  private var scanner: PacketScanner
  private var random = SeededGenerator(seed: 0)
  /// The bits to flip in the next byte.
  private var flip: UInt8 = 0

  init(_ link: ProxyLink, from direction: StreamDirection, _ plan: StreamPlan) {
    self.link = link
    self.direction = direction
    source = direction == .client ? link.client : link.server
    target = direction == .client ? link.server : link.client
    self.plan = plan
    faults = plan.faults[...]
    scanner = PacketScanner(from: direction)
    if case .random(let seed, _) = plan.pieces { random = SeededGenerator(seed: seed) }
  }

  mutating func run() {
    do throws(TestServerError) {
      try pump()
    } catch {
      switch (error, link.mode) {
      // After `cut` nothing can be sent, but unread bytes would turn the FIN into RST.
      case (.reset, .dropping): source.discard()
      // One side reset the connection, and the other must see that.
      case (.reset, _): link.reset()
      default: break
      }
    }
    link.pumpHasEnded()
  }

  private mutating func pump() throws(TestServerError) {
    var buffer = [UInt8](repeating: 0, count: Self.bufferSize)
    try applyFaults()
    while true {
      if link.mode == .blackHole { return try disappear() }
      let count = try source.receive(into: &buffer)
      switch link.mode {
      case .forwarding:
        guard count > 0 else {
          noteBreakForClient()
          return target.finishSending()
        }
        try forward(&buffer, count)
      case .dropping: if count == 0 { return }
      case .blackHole: return try disappear()
      }
    }
  }

  private mutating func forward(_ buffer: inout [UInt8], _ count: Int) throws(TestServerError) {
    if direction == .server, !scanner.isTLS { scanner.isTLS = link.isTLS }
    var position = 0
    while position < count, link.mode == .forwarding {
      let passed = scanner.pass(buffer[position..<count], until: faults.first?.point)
      if flip != 0 { noteBreakForClient() }
      buffer[position] ^= flip
      flip = 0
      let bytes = buffer[position..<position + passed]
      link.note(scanner, bytes, from: direction)
      try send(bytes)
      position += passed
      try applyFaults()
    }
  }

  private mutating func send(_ bytes: ArraySlice<UInt8>) throws(TestServerError) {
    var rest = bytes
    while !rest.isEmpty {
      if plan.delay > .zero { try link.interrupt.sleep(for: plan.delay) }
      let size = nextPieceSize() ?? rest.count
      try target.send(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
  }

  private mutating func nextPieceSize() -> Int? {
    switch plan.pieces {
    case .asReceived: nil
    case .of(let size): max(1, size)
    case .random(_, let most): Int.random(in: 1...max(1, most), using: &random)
    }
  }

  private mutating func applyFaults() throws(TestServerError) {
    while let fault = faults.first, scanner.hasReached(fault.point), link.mode == .forwarding {
      faults.removeFirst()
      switch fault.action {
      case .cut: link.cut()
      case .reset: link.reset()
      case .blackHole: link.fallSilent()
      case .delay(let duration): try link.interrupt.sleep(for: duration)
      case .flip(let bits): flip ^= bits
      case .inject(let bytes):
        noteBreakForClient()
        try target.send(bytes[...])
      }
    }
  }

  /// Only the server sees what happens to the client's bytes.
  private func noteBreakForClient() {
    if direction == .server { link.noteBreak() }
  }

  /// Leaves everything as it is until the client gives up.
  private func disappear() throws(TestServerError) {
    guard direction == .client else { return }
    try source.waitForPeer()
    link.server.close(.close)
  }
}

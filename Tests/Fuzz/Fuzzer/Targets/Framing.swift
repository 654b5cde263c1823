import MySQLWire

/// Packets, good and broken, in pieces of any size: the framer must cut them as the simplest reader does.
func fuzzFraming(_ input: inout Input) {
  fuzzFraming(&input, fullPacket: PacketFramer.fullPacket, isLarge: false)
}

/// The same with full packets that are so small that most payloads take several, and with payloads that may be
/// taken as they arrive.
func fuzzJoining(_ input: inout Input) {
  let size = input.byte()
  fuzzFraming(&input, fullPacket: Int(size) + 1, isLarge: input.byte() & 1 == 1)
}

private func fuzzFraming(_ input: inout Input, fullPacket: Int, isLarge: Bool) {
  var pieces = Pieces(seed: input.byte())
  let choice = input.byte()
  let limit = [1 << 30, 1_000, 17 << 20, 0][Int(choice % 4)]
  var stream: [UInt8] = []
  var sequence: UInt8 = 0
  while !input.isEmpty {
    let kind = input.byte()
    let piece = input.piece()
    guard kind & 1 == 0 else {
      stream += piece
      continue
    }
    var writer = PacketWriter()
    sequence = writer.write(sequence: sequence, fullPacket: fullPacket) { $0.write(piece) }
    stream += writer.take()
  }

  var reader = SimpleReader(fullPacket: fullPacket, limit: limit, isLarge: isLarge)
  reader.read(stream)
  var framer = PacketFramer(payloadLimit: limit, fullPacket: fullPacket)
  var framed: [Framed] = []
  do throws(Violation) {
    for piece in pieces.split(stream) {
      framer.queue.append(piece.span.bytes)
      while let payload = try framer.take(isLarge: isLarge) { framed.append(payload) }
    }
    expect(reader.violation == nil, "no \(String(describing: reader.violation))")
  } catch {
    expect(error == reader.violation, "\(error) and not \(String(describing: reader.violation))")
  }
  expect(framed == reader.framed, "\(framed.count) payloads, not \(reader.framed.count), or others")
}

private struct Framed: Equatable {
  var payload: [UInt8]
  var isOutOfTurn = false
}

extension PacketFramer {
  fileprivate mutating func take(isLarge: Bool) throws(Violation) -> Framed? {
    if isLarge {
      guard var payload = try nextLarge() else { return nil }
      return Framed(payload: payload.join())
    }
    return try next().map { Framed(payload: $0.payload, isOutOfTurn: $0.isOutOfTurn) }
  }
}

/// Reads everything at once and without any cleverness.
private struct SimpleReader {
  let fullPacket: Int
  let limit: Int
  /// Whether payloads are large. A large payload is judged by its headers, before the rest arrives, and is
  /// never out of turn.
  let isLarge: Bool
  var framed: [Framed] = []
  var violation: Violation?

  init(fullPacket: Int, limit: Int, isLarge: Bool) {
    (self.fullPacket, self.limit, self.isLarge) = (fullPacket, limit, isLarge)
  }

  mutating func read(_ stream: [UInt8]) {
    var expected: UInt8 = 0
    var (joined, isJoining) = ([UInt8](), false)
    var rest = stream[...]
    while rest.count >= 4 {
      let header = Array(rest.prefix(4))
      let length = Int(header[0]) | Int(header[1]) << 8 | Int(header[2]) << 16
      let isWrong = header[3] != expected
      if isLarge, isWrong { return violation = .sequence(expected: expected, received: header[3]) }
      guard joined.count + length <= limit else { return violation = .limitExceeded(.payloadSize) }
      guard rest.count - 4 >= length else { return }
      let payload = rest.dropFirst(4).prefix(length)
      if isWrong, isJoining || header[3] != 0 || payload.first != 0xFF {
        return violation = .sequence(expected: expected, received: header[3])
      }
      expected = header[3] &+ 1
      rest = rest.dropFirst(4 + length)
      joined += payload
      isJoining = length >= fullPacket
      guard !isJoining else { continue }
      framed.append(Framed(payload: joined, isOutOfTurn: isWrong))
      joined = []
    }
  }
}

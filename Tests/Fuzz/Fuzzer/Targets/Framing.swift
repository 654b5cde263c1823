import MySQLWire

/// Packets, good and broken, in pieces of any size: the framer cuts them as the simplest reader does.
///
/// The first payloads are made so large that they fill as many packets. Each costs some 10 ms, so this is a
/// target by itself.
func fuzzFraming(_ input: inout Input, fullPackets: Int = 0) {
  var pieces = Pieces(seed: input.byte())
  let choice = input.byte()
  let limit = [1 << 30, 1_000, 17 << 20, 0][Int(choice % 4)]
  var large = fullPackets
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
    sequence = writer.write(sequence: sequence) {
      // A piece of less than 4 bytes leaves the packet just short of full.
      if large > 0 { $0.write(nearlyFull) }
      $0.write(piece)
    }
    large -= 1
    stream += writer.take()
  }

  let (payloads, violation) = frame(stream, limit: limit)
  var framer = PacketFramer(payloadLimit: limit)
  var framed: [Framed] = []
  do throws(Violation) {
    for piece in pieces.split(stream) {
      framer.queue.append(piece.span.bytes)
      while let packet = try framer.next() {
        framed.append(Framed(payload: packet.payload, isOutOfTurn: packet.isOutOfTurn))
      }
    }
    expect(violation == nil, "no \(String(describing: violation))")
  } catch {
    expect(error == violation, "\(error) and not \(String(describing: violation))")
  }
  expect(framed == payloads, "\(framed.count) payloads, not \(payloads.count), or others")
}

private let nearlyFull = [UInt8](repeating: 0, count: PacketFramer.fullPacket - 4)

private struct Framed: Equatable {
  var payload: [UInt8]
  var isOutOfTurn: Bool
}

/// All at once and without any cleverness.
private func frame(_ stream: [UInt8], limit: Int) -> ([Framed], Violation?) {
  var packets: [Framed] = []
  var expected: UInt8 = 0
  var joined: [UInt8]?
  var rest = stream[...]
  while rest.count >= 4 {
    let header = Array(rest.prefix(4))
    let length = Int(header[0]) | Int(header[1]) << 8 | Int(header[2]) << 16
    guard (joined?.count ?? 0) + length <= limit else { return (packets, .limitExceeded(.payloadSize)) }
    guard rest.count - 4 >= length else { break }
    let payload = rest.dropFirst(4).prefix(length)
    let isOutOfTurn = header[3] != expected
    if isOutOfTurn, joined != nil || header[3] != 0 || payload.first != 0xFF {
      return (packets, .sequence(expected: expected, received: header[3]))
    }
    expected = header[3] &+ 1
    rest = rest.dropFirst(4 + length)
    if length == 0xFF_FFFF {
      joined = (joined ?? []) + payload
    } else {
      packets.append(Framed(payload: (joined ?? []) + payload, isOutOfTurn: isOutOfTurn))
      joined = nil
    }
  }
  return (packets, nil)
}

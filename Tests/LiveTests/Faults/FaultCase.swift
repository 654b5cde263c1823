import MySQLTesting

/// One thing that goes wrong at one place.
struct FaultCase: Sendable, CustomStringConvertible {
  var kind: Kind
  var direction: Conversation.Direction
  var packet = 0
  var byte = 0

  enum Kind: String, Sendable {
    case cut, reset, blackHole, delay, garbage, brokenHeader, singleBytes

    /// Those that may happen in the middle of a packet. Bytes that change there cannot be told from others:
    /// the protocol has no checksum.
    static let anywhere: [Self] = [.cut, .reset, .blackHole, .delay]
    static let atBoundaries: [Self] = anywhere + [.garbage, .brokenHeader]
  }

  var description: String { "\(kind.rawValue) at packet \(packet), byte \(byte), from the \(direction)" }

  /// Nobody notices these, but for the time.
  var isHarmless: Bool { kind == .delay || kind == .singleBytes }

  /// The connection says by itself that it is broken; the rest is seen by its silence.
  var isSeenAtOnce: Bool { kind == .cut || kind == .reset || kind == .brokenHeader && direction == .server }

  /// Only a deadline helps.
  var isSilent: Bool { !isHarmless && !isSeenAtOnce }

  var plan: FaultPlan {
    let point = Fault.Point.packet(packet, byte: byte)
    switch kind {
    case .cut: return FaultPlan(.cut, at: point, from: direction)
    case .reset: return FaultPlan(.reset, at: point, from: direction)
    case .blackHole: return FaultPlan(.blackHole, at: point, from: direction)
    case .delay: return FaultPlan(.delay(.milliseconds(50)), at: point, from: direction)
    case .garbage:
      return FaultPlan(.inject(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)), at: point, from: direction)
    case .brokenHeader:
      // The sequence id. A length that is wrong may make another statement of a statement.
      return FaultPlan(.flip(0x55), at: .packet(packet, byte: 3), from: direction)
    case .singleBytes:
      let pieces = StreamPlan(pieces: .of(1))
      return FaultPlan(fromClient: pieces, fromServer: pieces)
    }
  }

  /// Every kind at every boundary, and those that may happen there in the header and payload of every packet.
  static func all(from direction: Conversation.Direction, packets: Range<Int>) -> [FaultCase] {
    (packets.lowerBound...packets.upperBound).flatMap { packet in
      let boundary = Kind.atBoundaries.map { FaultCase(kind: $0, direction: direction, packet: packet) }
      guard packet < packets.upperBound else {
        // Behind the last packet there is no header to break.
        return boundary.filter { $0.kind != .brokenHeader }
      }
      return boundary
        + [2, 6].flatMap { byte in
          Kind.anywhere.map { FaultCase(kind: $0, direction: direction, packet: packet, byte: byte) }
        }
    }
  }
}

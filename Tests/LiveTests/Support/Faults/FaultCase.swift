import MySQLTesting

/// One thing that goes wrong at one place.
struct FaultCase: Sendable, CustomStringConvertible {
  var kind: Kind
  var direction: StreamDirection
  var packet = 0
  var byte = 0

  enum Kind: String, Sendable {
    case cut, reset, blackHole, delay, garbage, brokenHeader, singleBytes

    /// The faults that may happen in the middle of a packet. Bytes that change there cannot be detected: the
    /// protocol has no checksum.
    static let anywhere: [Self] = [.cut, .reset, .blackHole, .delay]
    static let atBoundaries: [Self] = anywhere + [.garbage, .brokenHeader]
  }

  var description: String { "\(kind.rawValue) at packet \(packet), byte \(byte), from the \(direction)" }

  /// Whether the fault goes unnoticed, except for the time that it takes.
  var isHarmless: Bool { kind == .delay || kind == .singleBytes }

  /// Whether the client can see at once that the connection is broken. It learns what happens to its own bytes
  /// only from the server's reaction, if there is one.
  var isSeenAtOnce: Bool {
    switch kind {
    case .cut, .reset: true
    case .garbage, .brokenHeader: direction == .server
    case .blackHole, .delay, .singleBytes: false
    }
  }

  /// Whether only a deadline helps.
  var isSilent: Bool { !isHarmless && !isSeenAtOnce }

  var plan: FaultPlan {
    let point = FaultPlan.Point.packet(packet, byte: byte)
    switch kind {
    case .cut: return FaultPlan(.cut, at: point, from: direction)
    case .reset: return FaultPlan(.reset, at: point, from: direction)
    case .blackHole: return FaultPlan(.blackHole, at: point, from: direction)
    case .delay: return FaultPlan(.delay(.milliseconds(50)), at: point, from: direction)
    case .garbage:
      // The zeros begin an empty packet. If its sequence id, the next byte, is right by chance, then the one after it
      // is wrong. Without the zeros it would begin a packet of megabytes, and the client would wait for those.
      let text = "\0\0\0HTTP/1.1 400 Bad Request\r\n\r\n"
      return FaultPlan(.inject(Array(text.utf8)), at: point, from: direction)
    case .brokenHeader:
      // The sequence id. A wrong length could turn the statement into another statement.
      return FaultPlan(.flip(0x55), at: .packet(packet, byte: 3), from: direction)
    case .singleBytes:
      let pieces = StreamPlan(pieces: .of(1))
      return FaultPlan(fromClient: pieces, fromServer: pieces)
    }
  }

  /// Returns every kind at every boundary, and in the header and payload of every packet those that may happen there.
  static func all(from direction: StreamDirection, packets: Range<Int>) -> [FaultCase] {
    (packets.lowerBound...packets.upperBound).flatMap { packet in
      let boundary = Kind.atBoundaries.map { FaultCase(kind: $0, direction: direction, packet: packet) }
      guard packet < packets.upperBound else {
        // After the last packet there is no header to break.
        return boundary.filter { $0.kind != .brokenHeader }
      }
      return boundary
        + [2, 6].flatMap { byte in
          Kind.anywhere.map { FaultCase(kind: $0, direction: direction, packet: packet, byte: byte) }
        }
    }
  }
}

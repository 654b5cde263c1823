/// An IP datagram that holds a TCP segment.
struct InternetDatagram {
  let source: IPAddress
  let destination: IPAddress
  /// The range of the segment according to the header; the capture may end before it does.
  let payload: Range<Int>

  /// Reads the header at an offset of a packet. The packet ends where the span ends.
  init(_ packet: RawSpan, at start: Int) throws(NotASegment) {
    guard let first = packet.integer(UInt8.self, at: start) else { throw .malformed }
    switch first >> 4 {
    case 4: try self.init(version4: packet, at: start, headerCount: Int(first & 0x0F) * 4)
    case 6: try self.init(version6: packet, at: start)
    default: throw .malformed
    }
  }

  private init(version4 packet: RawSpan, at start: Int, headerCount: Int) throws(NotASegment) {
    guard
      let total = packet.integer(UInt16.self, at: start + 2),
      let fragment = packet.integer(UInt16.self, at: start + 6),
      let transport = packet.integer(UInt8.self, at: start + 9),
      let source = packet.integer(UInt32.self, at: start + 12),
      let destination = packet.integer(UInt32.self, at: start + 16)
    else { throw .malformed }
    guard transport == Transport.tcp else { throw .notTCP }
    guard fragment & 0x3FFF == 0 else { throw .fragment }  // More fragments, or an offset.
    let end = total == 0 ? packet.byteCount : start + Int(total)
    guard headerCount >= 20, start + headerCount <= end else { throw .malformed }
    self.source = IPAddress(version4: source)
    self.destination = IPAddress(version4: destination)
    self.payload = start + headerCount..<end
  }

  private init(version6 packet: RawSpan, at start: Int) throws(NotASegment) {
    guard
      let count = packet.integer(UInt16.self, at: start + 4),
      var next = packet.integer(UInt8.self, at: start + 6),
      let source = IPAddress(version6: packet, at: start + 8),
      let destination = IPAddress(version6: packet, at: start + 24)
    else { throw .malformed }
    var position = start + 40
    while next != Transport.tcp {
      switch next {
      case Transport.hopByHop, Transport.routing, Transport.destinationOptions:
        guard
          let following = packet.integer(UInt8.self, at: position),
          let units = packet.integer(UInt8.self, at: position + 1)
        else { throw .malformed }
        next = following
        position += (Int(units) + 1) * 8
      case Transport.fragment:
        throw .fragment
      default:
        throw .notTCP
      }
    }
    let end = count == 0 ? packet.byteCount : start + 40 + Int(count)
    guard position <= end else { throw .malformed }
    self.source = source
    self.destination = destination
    self.payload = position..<end
  }

  // A length of zero (above) stands for "to the end of the packet": Linux writes it when it passes the network card
  // more than 64 KB to cut into segments, and captures the packet like that.
  private enum Transport {
    static let hopByHop: UInt8 = 0
    static let tcp: UInt8 = 6
    static let routing: UInt8 = 43
    static let fragment: UInt8 = 44
    static let destinationOptions: UInt8 = 60
  }
}

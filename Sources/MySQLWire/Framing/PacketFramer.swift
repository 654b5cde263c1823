/// Cuts the server's byte stream into payloads: three bytes of length, a sequence id, the payload. A
/// payload of 16 MiB - 1 bytes or more comes in several packets, all full but the last, and is joined here.
package struct PacketFramer {
  /// A payload of this size or more continues in the next packet.
  package static var fullPacket: Int { 0xFF_FFFF }
  package static var headerSize: Int { 4 }

  package var queue = ByteQueue()
  /// The id that the next packet must carry. It counts through both directions of one exchange.
  package var sequence: UInt8 = 0
  /// The full packets of a payload whose last packet has not arrived yet.
  private var joined: [UInt8]?
  /// The large payload that is arriving.
  private var large: (payload: LargePayload, rest: Int, isLastPacket: Bool)?
  private let payloadLimit: Int

  package init(payloadLimit: Int = Limits().payload) {
    self.payloadLimit = payloadLimit
  }

  /// The three-byte length and the sequence id before each packet.
  package struct Header: Equatable {
    package var length: Int
    package var sequence: UInt8
  }

  /// One whole payload.
  package struct Packet: Equatable {
    package var payload: [UInt8]
    /// Whether its sequence id was not the expected one. Only an error packet with id 0 may be so: servers
    /// send it unasked before they close (MySQL 8.0.24 and later with 4031).
    package var isOutOfTurn = false
  }

  package var isJoining: Bool { joined != nil || large != nil }

  /// The header of the next packet, if it has arrived.
  package func nextHeader() throws(Violation) -> Header? {
    guard queue.count >= Self.headerSize else { return nil }
    let bytes = queue.storage.span.bytes
    var position = queue.head
    let length = try bytes.readUInt24(at: &position)
    return Header(length: Int(length), sequence: try bytes.readUInt8(at: &position))
  }

  /// The first byte of the packet at the front, if the packet is not empty and the byte has arrived.
  package func firstByte(behind header: Header) -> UInt8? {
    let first = queue.head + Self.headerSize
    return header.length > 0 && first < queue.storage.count ? queue.storage[first] : nil
  }

  /// The next whole payload, or nil when more bytes are needed. A payload above the limit is refused as soon as
  /// its header says so.
  package mutating func next(upTo limit: Int = .max) throws(Violation) -> Packet? {
    while let header = try nextHeader() {
      guard (joined?.count ?? 0) + header.length <= min(limit, payloadLimit) else {
        throw .limitExceeded(.payloadSize)
      }
      guard queue.count - Self.headerSize >= header.length else { return nil }
      let isOutOfTurn = header.sequence != sequence
      if isOutOfTurn {
        guard header.sequence == 0, joined == nil, firstByte(behind: header) == ErrorPacket.header else {
          throw .sequence(expected: sequence, received: header.sequence)
        }
      }
      sequence = header.sequence &+ 1
      queue.discard(Self.headerSize)
      if header.length < Self.fullPacket, joined == nil {
        return Packet(payload: queue.take(header.length), isOutOfTurn: isOutOfTurn)
      }
      if joined == nil { joined = [] }
      joined?.append(contentsOf: queue.storage[queue.head..<queue.head + header.length])
      queue.discard(header.length)
      if header.length < Self.fullPacket { return Packet(payload: joined.take() ?? []) }
    }
    return nil
  }

  /// Takes what has arrived of a payload that is too large for the queue; nil until all of it is there.
  mutating func nextLarge() throws(Violation) -> LargePayload? {
    while true {
      if var current = large.take() {
        let part = min(current.rest, queue.count)
        current.payload.take(part, from: &queue)
        current.rest -= part
        if current.rest == 0, current.isLastPacket { return current.payload }
        large = current
        if current.rest > 0 { return nil }
      }
      guard let header = try nextHeader() else { return nil }
      guard header.sequence == sequence else {
        throw .sequence(expected: sequence, received: header.sequence)
      }
      let payload = large?.payload ?? LargePayload()
      guard payload.count + header.length <= payloadLimit else { throw .limitExceeded(.payloadSize) }
      sequence = header.sequence &+ 1
      queue.discard(Self.headerSize)
      large = (payload, header.length, header.length < Self.fullPacket)
    }
  }
}

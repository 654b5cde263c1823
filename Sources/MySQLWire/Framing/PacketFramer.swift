/// Cuts the server's byte stream into payloads: three bytes of length, a sequence id, the payload. A
/// payload of 16 MiB - 1 bytes or more comes in several packets, all full but the last, and is joined here.
package struct PacketFramer {
  /// A payload of this size or more continues in the next packet.
  package static var fullPacket: Int { 0xFF_FFFF }
  package static var headerSize: Int { 4 }

  package var queue = ByteQueue()
  /// The id that the next packet must carry. It counts the packets of one command and its response.
  package var sequence: UInt8 = 0
  /// The full packets of a payload whose last packet has not arrived yet.
  private var joined: [UInt8]?
  /// The large payload that is arriving.
  private var large: (payload: LargePayload, rest: Int, isLastPacket: Bool)?
  private let payloadLimit: Int
  /// The size at which a packet counts as full. Tests use a smaller one to join thousands of payloads.
  private let fullPacket: Int

  package init(payloadLimit: Int = Limits().payload, fullPacket: Int = Self.fullPacket) {
    self.payloadLimit = payloadLimit
    self.fullPacket = fullPacket
  }

  /// The three-byte length and the sequence id before each packet.
  package struct Header: Equatable {
    package var length: Int
    package var sequence: UInt8
  }

  /// A whole payload at the front of the queue, which stays there until it is discarded.
  struct Frame {
    /// The range of the payload in the queue's storage, if it was not joined.
    fileprivate let range: Range<Int>
    fileprivate let isJoined: Bool
    let count: Int
    /// The first byte, if there is one.
    let header: UInt8?
    /// Whether the frame is out of turn: see `Packet.isOutOfTurn`.
    let isOutOfTurn: Bool
  }

  /// One whole payload.
  package struct Packet: Equatable {
    package var payload: [UInt8]
    /// Whether its sequence id was not the expected one. This is allowed only for an error packet with id 0: servers
    /// send one unsolicited before they close the connection (MySQL 8.0.24 and later with error 4031).
    package var isOutOfTurn = false
  }

  package var isJoining: Bool { joined != nil || large != nil }

  /// Returns the header of the next packet, if it has arrived.
  @inline(__always)
  package func nextHeader() throws(Violation) -> Header? {
    guard queue.count >= Self.headerSize else { return nil }
    let bytes = queue.storage.span.bytes
    var position = queue.head
    let length = try bytes.readUInt24(at: &position)
    return Header(length: Int(length), sequence: try bytes.readUInt8(at: &position))
  }

  /// Returns the first byte of the packet at the front, if the packet is not empty and the byte has arrived.
  package func firstByte(after header: Header) -> UInt8? {
    let first = queue.head + Self.headerSize
    return header.length > 0 && first < queue.storage.count ? queue.storage[first] : nil
  }

  /// Returns the next whole payload, or nil if more bytes are needed. Throws as soon as a header announces a
  /// payload above the limit.
  package mutating func next(upTo limit: Int = .max) throws(Violation) -> Packet? {
    guard let frame = try nextFrame(upTo: limit) else { return nil }
    let payload = frame.isJoined ? joined ?? [] : Array(queue.storage[frame.range])
    discard(frame)
    return Packet(payload: payload, isOutOfTurn: frame.isOutOfTurn)
  }

  /// Returns the next whole payload without copying it. Access its bytes with `read`, then call `discard`.
  @inline(__always)
  mutating func nextFrame(upTo limit: Int = .max) throws(Violation) -> Frame? {
    while let header = try nextHeader() {
      guard (joined?.count ?? 0) + header.length <= min(limit, payloadLimit) else {
        throw .limitExceeded(.payloadSize)
      }
      guard queue.count - Self.headerSize >= header.length else { return nil }
      let isOutOfTurn = header.sequence != sequence
      if isOutOfTurn {
        guard header.sequence == 0, joined == nil, firstByte(after: header) == ErrorPacket.header else {
          throw .sequence(expected: sequence, received: header.sequence)
        }
      }
      sequence = header.sequence &+ 1
      if header.length < fullPacket, joined == nil {
        let start = queue.head + Self.headerSize
        return Frame(
          range: start..<start + header.length, isJoined: false, count: header.length,
          header: firstByte(after: header), isOutOfTurn: isOutOfTurn)
      }
      join(header)
      if header.length < fullPacket {
        return Frame(
          range: 0..<0, isJoined: true, count: joined?.count ?? 0, header: joined?.first, isOutOfTurn: false)
      }
    }
    return nil
  }

  private mutating func join(_ header: Header) {
    queue.discard(Self.headerSize)
    if joined == nil { joined = [] }
    joined?.append(contentsOf: queue.storage[queue.head..<queue.head + header.length])
    queue.discard(header.length)
  }

  /// Calls the closure with the bytes of a payload.
  @inline(__always)
  func read<T, E: Error>(_ frame: Frame, _ body: (RawSpan) throws(E) -> T) throws(E) -> T {
    guard frame.isJoined else { return try body(queue.storage.span.bytes.extracting(frame.range)) }
    let joined = joined ?? []
    return try body(joined.span.bytes)
  }

  @inline(__always)
  mutating func discard(_ frame: Frame) {
    if frame.isJoined { joined = nil } else { queue.discard(Self.headerSize + frame.count) }
  }

  /// Removes `count` packets from the front if the queue begins with exactly the bytes of `packets`. Returns
  /// whether it did.
  mutating func take(_ packets: [UInt8], count: Int) -> Bool {
    guard !isJoining, packets.count >= Self.headerSize, packets.count <= queue.count,
      packets[Self.headerSize - 1] == sequence
    else { return false }
    let range = queue.head..<queue.head + packets.count
    guard queue.storage.span.bytes.extracting(range).hasSameBytes(as: packets.span.bytes) else {
      return false
    }
    queue.discard(packets.count)
    sequence = UInt8(truncatingIfNeeded: Int(sequence) + count)
    return true
  }

  /// Returns the range of the next `count` packets in the queue's storage, if all of them have arrived and
  /// together take at most `limit` bytes.
  func rangeOfPackets(_ count: Int, upTo limit: Int) -> Range<Int>? {
    guard !isJoining, count <= limit / Self.headerSize else { return nil }
    let bytes = queue.storage.span.bytes
    var end = queue.head
    for _ in 0..<count {
      var position = end
      guard let length = try? Int(bytes.readUInt24(at: &position)) else { return nil }
      end += Self.headerSize + length
      guard end <= bytes.byteCount, end - queue.head <= limit else { return nil }
    }
    return queue.head..<end
  }

  /// How many bytes a large payload still lacks of the packet that is arriving, if nothing else waits in the queue.
  package var lackingOfLarge: Int { queue.isEmpty ? large?.rest ?? 0 : 0 }

  /// Lets the closure write bytes of the large payload that is arriving, which then need not pass through the queue.
  /// Returns how many it wrote.
  package mutating func receiveLarge<E: Error>(
    _ write: (inout OutputSpan<UInt8>) throws(E) -> Void
  ) throws(E) -> Int {
    guard lackingOfLarge > 0, var current = large.take() else { return 0 }
    defer { large = current }
    let count = try current.payload.append(upTo: current.rest, write)
    current.rest -= count
    return count
  }

  /// Tells the large payload that is arriving, if any, the size that it will have at least, by its first bytes.
  mutating func expectLarge(_ leastSize: (RawSpan) -> Int?) {
    guard var current = large.take() else { return }
    current.payload.expect { bytes in leastSize(bytes).map { min($0, payloadLimit) } }
    large = current
  }

  /// Takes the bytes that have arrived of a payload that is too large for the queue. Returns nil until all of
  /// it has arrived.
  ///
  /// - Parameter spare: Where a new payload may take memory from.
  package mutating func nextLarge(_ spare: SpareMemory? = nil) throws(Violation) -> LargePayload? {
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
      let payload = large?.payload ?? LargePayload(spare)
      guard payload.count + header.length <= payloadLimit else { throw .limitExceeded(.payloadSize) }
      sequence = header.sequence &+ 1
      queue.discard(Self.headerSize)
      large = (payload, header.length, header.length < fullPacket)
    }
  }
}

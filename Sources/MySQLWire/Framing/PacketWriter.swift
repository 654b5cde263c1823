/// Packets to be sent to the server. Each payload is written directly after the space reserved for its
/// header, and is split if it turns out to have 16 MiB - 1 bytes or more.
package struct PacketWriter: Sendable {
  private var writer = ByteWriter()
  /// The number of bytes at the front that have already been taken.
  private var taken = 0

  /// The largest capacity that an empty buffer keeps. A larger buffer is released.
  private static var keptCapacity: Int { 64 << 10 }

  package init() {}

  package var isEmpty: Bool { writer.count == taken }
  package var count: Int { writer.count - taken }

  /// Appends packets that were written elsewhere.
  package mutating func append(_ packets: PacketWriter) {
    if isEmpty { self = packets } else { writer.write(packets.writer.bytes[packets.taken...]) }
  }

  /// Writes one payload, whose first packet has the id `sequence`, and returns the id that follows.
  ///
  /// Tests pass a smaller `fullPacket`, the size at which a packet counts as full.
  @discardableResult
  package mutating func write(
    sequence: UInt8, fullPacket: Int = PacketFramer.fullPacket, _ payload: (inout ByteWriter) -> Void
  ) -> UInt8 {
    // Enough for most commands, so that the buffer does not have to grow.
    if isEmpty { writer.reserve(128) }
    let start = writer.count
    // Reserves space for the header.
    writer.writeInteger(UInt32(0))
    payload(&writer)
    let length = writer.count - start - PacketFramer.headerSize
    guard length >= fullPacket else {
      writer.setPacketHeader(at: start, length: length, sequence: sequence)
      return sequence &+ 1
    }
    return split(at: start, length: length, sequence: sequence, fullPacket: fullPacket)
  }

  /// Returns all bytes written and empties the writer.
  package mutating func take() -> [UInt8] {
    let bytes = taken == 0 ? writer.bytes : Array(writer.bytes[taken...])
    self = PacketWriter()
    return bytes
  }

  /// Calls the closure with all bytes written, then removes as many from the front as the closure returns.
  /// The buffer is kept for the next writes.
  mutating func drain<E: Error>(_ body: (RawSpan) throws(E) -> Int) throws(E) {
    let count = try body(writer.bytes.span.bytes.extracting(taken..<writer.count))
    precondition(count >= 0 && count <= self.count)
    taken += count
    if isEmpty {
      taken = 0
      writer.removeAll(keepingUpTo: Self.keptCapacity)
    } else if taken > writer.count / 2 {
      // At most one byte is moved for each byte that has been sent.
      writer.removeFirst(taken)
      taken = 0
    }
  }

  private mutating func split(at start: Int, length: Int, sequence: UInt8, fullPacket: Int) -> UInt8 {
    let payload = writer.bytes[(start + PacketFramer.headerSize)...]
    var rest = payload[...]
    var sequence = sequence
    var packets = ByteWriter(reserving: writer.count + (length / fullPacket + 1) * 4)
    packets.write(writer.bytes[..<start])
    // If a payload fills its last packet, an empty packet follows, which ends the payload.
    while true {
      let chunk = rest.prefix(fullPacket)
      let header = packets.count
      packets.write(zeros: PacketFramer.headerSize)
      packets.setPacketHeader(at: header, length: chunk.count, sequence: sequence)
      packets.write(chunk)
      sequence &+= 1
      rest = rest.dropFirst(chunk.count)
      if chunk.count < fullPacket { break }
    }
    writer = packets
    return sequence
  }
}

extension ByteWriter {
  fileprivate mutating func setPacketHeader(at start: Int, length: Int, sequence: UInt8) {
    overwrite(at: start, with: UInt32(length) | UInt32(sequence) << 24)
  }
}

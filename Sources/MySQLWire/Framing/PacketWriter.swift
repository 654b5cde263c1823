/// Packets on their way to the server: payloads are written straight behind room for their header, and
/// split when they turn out to have 16 MiB - 1 bytes or more.
package struct PacketWriter: Sendable {
  private var writer = ByteWriter()
  /// How many bytes at the front were taken already.
  private var taken = 0

  /// A buffer that has become larger than this is given back when it is empty.
  private static var keptCapacity: Int { 64 << 10 }

  package init() {}

  package var isEmpty: Bool { writer.count == taken }
  package var count: Int { writer.count - taken }

  /// Appends packets that were written elsewhere.
  package mutating func append(_ packets: PacketWriter) {
    if isEmpty { self = packets } else { writer.write(packets.writer.bytes[packets.taken...]) }
  }

  /// Writes one payload, of which `sequence` numbers the first packet, and answers the id that follows.
  ///
  /// Tests pass a smaller size of packets that count as full.
  @discardableResult
  package mutating func write(
    sequence: UInt8, fullPacket: Int = PacketFramer.fullPacket, _ payload: (inout ByteWriter) -> Void
  ) -> UInt8 {
    // Most commands are small: the buffer need not grow for them.
    if isEmpty { writer.reserve(128) }
    let start = writer.count
    // For the header.
    writer.writeInteger(UInt32(0))
    payload(&writer)
    let length = writer.count - start - PacketFramer.headerSize
    guard length >= fullPacket else {
      writer.setPacketHeader(at: start, length: length, sequence: sequence)
      return sequence &+ 1
    }
    return split(at: start, length: length, sequence: sequence, fullPacket: fullPacket)
  }

  /// Gives away all that was written.
  package mutating func take() -> [UInt8] {
    let bytes = taken == 0 ? writer.bytes : Array(writer.bytes[taken...])
    self = PacketWriter()
    return bytes
  }

  /// Shows all that was written, and forgets as many bytes as the closure took from the front. The buffer stays
  /// for what is written next.
  mutating func drain<E: Error>(_ body: (RawSpan) throws(E) -> Int) throws(E) {
    let count = try body(writer.bytes.span.bytes.extracting(taken..<writer.count))
    precondition(count >= 0 && count <= self.count)
    taken += count
    if isEmpty {
      taken = 0
      writer.removeAll(keepingUpTo: Self.keptCapacity)
    } else if taken > writer.count / 2 {
      // Each byte is moved at most once for each that went out.
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
    // A payload that fills its last packet is followed by an empty one, which ends it.
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

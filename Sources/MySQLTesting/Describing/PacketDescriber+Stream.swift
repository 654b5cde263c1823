import MySQLWire

extension PacketDescriber {
  /// A payload, and the packets that it came in.
  struct Message {
    var direction: Conversation.Direction
    var sequence: UInt8
    var payload: [UInt8]
    /// The sizes of its packets: one, unless it has 16 MiB or more.
    var sizes: [Int]
  }

  /// The bytes of one direction that are not taken apart yet.
  struct Stream {
    let direction: Conversation.Direction
    var bytes: [UInt8] = []

    init(_ direction: Conversation.Direction) { self.direction = direction }

    mutating func takeMessage() -> Message? {
      var sizes: [Int] = []
      var position = 0
      var payload: [UInt8] = []
      repeat {
        guard bytes.count - position >= 4 else { return nil }
        let size = Self.uint24(bytes[position...])
        guard bytes.count - position - 4 >= size else { return nil }
        payload += bytes[position + 4..<position + 4 + size]
        sizes.append(size)
        position += 4 + size
      } while sizes.last == PacketFramer.fullPacket
      defer { bytes.removeFirst(position) }
      return Message(direction: direction, sequence: bytes[3], payload: payload, sizes: sizes)
    }

    /// A record of TLS, whose content only its two ends can read.
    mutating func takeRecord() -> DescribedPacket? {
      guard bytes.count >= 5 else { return nil }
      let size = Int(bytes[3]) << 8 | Int(bytes[4])
      guard bytes.count >= 5 + size else { return nil }
      let content =
        switch bytes[0] {
        case 20: "change of cipher"
        case 21: "alert"
        case 22: "handshake"
        case 23: "data"
        default: "of type \(bytes[0])"
        }
      bytes.removeFirst(5 + size)
      return DescribedPacket(
        direction: direction, sequence: nil, size: size, kind: "TLS", fields: "\(content), encrypted")
    }

    /// A frame of the compressed protocol.
    mutating func takeFrame() -> DescribedPacket? {
      guard bytes.count >= 7 else { return nil }
      let size = Self.uint24(bytes[...])
      guard bytes.count >= 7 + size else { return nil }
      let number = bytes[3]
      let content = Self.uint24(bytes[4...])
      bytes.removeFirst(7 + size)
      return DescribedPacket(
        direction: direction, sequence: number, size: size, kind: "compressed",
        fields: content == 0 ? "sent as it is" : "\(content) bytes when unpacked")
    }

    mutating func takeRest() -> DescribedPacket? {
      guard !bytes.isEmpty else { return nil }
      defer { bytes = [] }
      return DescribedPacket(
        direction: direction, sequence: nil, size: bytes.count, kind: "bytes", fields: "behind a gap")
    }

    private static func uint24(_ bytes: ArraySlice<UInt8>) -> Int {
      let start = bytes.startIndex
      return Int(bytes[start]) | Int(bytes[start + 1]) << 8 | Int(bytes[start + 2]) << 16
    }
  }
}

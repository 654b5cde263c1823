import MySQLWire

extension PacketDescriber {
  /// A payload, and the packets that it came in.
  struct Message {
    let direction: StreamDirection
    var sequence: UInt8 = 0
    var payload: [UInt8] = []
    /// The size of its first packet.
    var size = 0
    /// The sizes of the packets after it, of which a payload of 16 MiB or more has some.
    var continuations: [Int] = []
  }

  /// The bytes of one direction that are not parsed yet.
  struct Stream {
    static let packetHeader = 4
    static let recordHeader = 5
    static let frameHeader = 7

    let direction: StreamDirection
    private var bytes: [UInt8] = []
    /// The number of bytes taken. They are removed many at a time, so that each is moved about once.
    private var taken = 0

    init(_ direction: StreamDirection) { self.direction = direction }

    mutating func append(_ more: some Collection<UInt8>) {
      if taken == bytes.count {
        bytes.removeAll(keepingCapacity: true)
        taken = 0
      } else if taken > bytes.count / 2 {
        bytes.removeFirst(taken)
        taken = 0
      }
      bytes += more
    }

    private var count: Int { bytes.count - taken }

    /// Takes the next payload into the memory of an earlier one. Returns whether there was one.
    mutating func take(_ message: inout Message) -> Bool {
      guard let end = messageEnd else { return false }
      message.sequence = bytes[taken + 3]
      message.size = uint24(at: 0)
      message.payload.removeAll(keepingCapacity: true)
      message.continuations.removeAll()
      var position = Self.packetHeader + message.size
      message.payload += bytes[taken + Self.packetHeader..<taken + position]
      while position < end {
        let size = uint24(at: position)
        let start = taken + position + Self.packetHeader
        message.payload += bytes[start..<start + size]
        message.continuations.append(size)
        position += Self.packetHeader + size
      }
      taken += end
      return true
    }

    /// The end of the packets of the next payload; nil until all of them have arrived.
    private var messageEnd: Int? {
      var position = 0
      var size: Int
      repeat {
        guard count - position >= Self.packetHeader else { return nil }
        size = uint24(at: position)
        position += Self.packetHeader + size
        guard count >= position else { return nil }
      } while size == PacketFramer.fullPacket
      return position
    }

    /// Takes a TLS record, whose content only its two ends can read.
    mutating func takeRecord() -> DescribedPacket? {
      guard count >= Self.recordHeader else { return nil }
      let size = Int(bytes[taken + 3]) << 8 | Int(bytes[taken + 4])
      guard count >= Self.recordHeader + size else { return nil }
      let content =
        switch bytes[taken] {
        case 20: "change of cipher"
        case 21: "alert"
        case 22: "handshake"
        case 23: "data"
        case let type: "of type \(type)"
        }
      taken += Self.recordHeader + size
      return DescribedPacket(
        direction: direction, sequence: nil, size: size, kind: "TLS", fields: "\(content), encrypted")
    }

    /// Takes a frame of the compressed protocol.
    mutating func takeFrame() -> DescribedPacket? {
      guard count >= Self.frameHeader else { return nil }
      let size = uint24(at: 0)
      guard count >= Self.frameHeader + size else { return nil }
      let number = bytes[taken + 3]
      let content = uint24(at: 4)
      taken += Self.frameHeader + size
      return DescribedPacket(
        direction: direction, sequence: number, size: size, kind: "compressed",
        fields: content == 0 ? "sent as it is" : "\(content) bytes when unpacked")
    }

    /// The next bytes, as many as the longest header has.
    var head: [UInt8] { Array(bytes[taken...].prefix(Self.frameHeader)) }

    /// Drops the remaining bytes and returns how many there were.
    mutating func takeRest() -> Int {
      defer { (bytes, taken) = ([], 0) }
      return count
    }

    private func uint24(at offset: Int) -> Int {
      let start = taken + offset
      return Int(bytes[start]) | Int(bytes[start + 1]) << 8 | Int(bytes[start + 2]) << 16
    }
  }
}

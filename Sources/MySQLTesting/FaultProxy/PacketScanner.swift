/// A scanner that follows the packets in one direction of a connection and finds the points of faults.
struct PacketScanner {
  /// The number of bytes passed.
  private(set) var offset = 0
  /// The number of packets passed to their last byte.
  private(set) var packets = 0
  /// Whether the packets are TLS records. Set only between two packets.
  var isTLS = false

  private let isFromClient: Bool
  /// The offset at which the current packet begins.
  private var start = 0
  /// The part of its header that has passed, the first byte lowest, and the number of those bytes.
  private var header: UInt64 = 0
  private var headerCount = 0
  /// The number of bytes of its payload still to come.
  private var remaining = 0
  /// The first bytes of the stream, the first byte lowest: a header and the flags of the login.
  private var opening: UInt64 = 0

  init(from direction: StreamDirection) {
    isFromClient = direction == .client
  }

  func hasReached(_ point: FaultPlan.Point) -> Bool { distance(to: point) <= 0 }

  /// Passes bytes until there are no more or the point is reached. Returns how many it passed.
  mutating func pass(_ bytes: ArraySlice<UInt8>, until point: FaultPlan.Point?) -> Int {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let room = point.map { distance(to: $0) } ?? .max
      if room <= 0 { break }
      let headerSize = isTLS ? 5 : 4
      let step: Int
      if headerCount < headerSize {
        header |= UInt64(bytes[index]) << UInt64(8 * headerCount)
        headerCount += 1
        if headerCount == headerSize { remaining = announcedLength }
        step = 1
      } else {
        step = min(remaining, bytes.endIndex - index, room)
        remaining -= step
      }
      if offset < 8 { keepOpening(bytes[index..<index + step]) }
      index += step
      offset += step
      if headerCount == headerSize, remaining == 0 { endPacket() }
    }
    return index - bytes.startIndex
  }

  private func distance(to point: FaultPlan.Point) -> Int {
    switch point {
    case .offset(let target): target - offset
    case .packet(packets, let byte): byte - (offset - start)
    case .packet(let number, _): number < packets ? 0 : .max
    }
  }

  private var announcedLength: Int {
    isTLS ? Int(header >> 24 & 0xFF) << 8 | Int(header >> 32 & 0xFF) : Int(header & 0xFF_FFFF)
  }

  private mutating func keepOpening(_ bytes: ArraySlice<UInt8>) {
    for (place, byte) in zip(offset..<8, bytes) { opening |= UInt64(byte) << UInt64(8 * place) }
  }

  private mutating func endPacket() {
    packets += 1
    start = offset
    header = 0
    headerCount = 0
    // An SSLRequest: a login of 32 bytes, with CLIENT_SSL among its flags.
    if isFromClient, packets == 1, opening & 0xFF_FFFF == 32, opening >> 32 & 1 << 11 != 0 { isTLS = true }
  }
}

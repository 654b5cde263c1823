/// A reader of the classic format: a header of 24 bytes, then records, each with 16 bytes and the packet.
struct PcapReader: PacketReader {
  private let order: ByteOrder
  private let nanosecondsPerTick: Int64
  private let linkType: UInt16
  private var position = 24
  private(set) var isCutShort = false

  /// Returns nil if the file does not begin with a pcap magic number.
  init?(_ file: RawSpan) throws(CaptureError) {
    switch file.integer(UInt32.self, at: 0) {
    case 0xA1B2_C3D4: (order, nanosecondsPerTick) = (.big, 1000)
    case 0xD4C3_B2A1: (order, nanosecondsPerTick) = (.little, 1000)
    case 0xA1B2_3C4D: (order, nanosecondsPerTick) = (.big, 1)
    case 0x4D3C_B2A1: (order, nanosecondsPerTick) = (.little, 1)
    default: return nil
    }
    guard let link = file.integer(UInt32.self, at: 20, order) else {
      throw .malformed(offset: 0, .fileHeader)
    }
    // The upper half says how long the frame check sequence is.
    linkType = UInt16(truncatingIfNeeded: link)
  }

  mutating func next(in file: RawSpan) throws(CaptureError) -> CapturedPacket? {
    guard position < file.byteCount else { return nil }
    let start = position + 16
    guard
      let seconds = file.integer(UInt32.self, at: position, order),
      let ticks = file.integer(UInt32.self, at: position + 4, order),
      let count = file.integer(UInt32.self, at: position + 8, order),
      start <= file.byteCount, count <= file.byteCount - start
    else {
      isCutShort = true
      position = file.byteCount
      return nil
    }
    position = start + Int(count)
    let time = Duration.seconds(Int64(seconds)) + .nanoseconds(Int64(ticks) * nanosecondsPerTick)
    return CapturedPacket(linkType: linkType, time: time, bytes: start..<position)
  }
}

/// A reader of the newer format: blocks, each with a type, a length, a body and the length again. A section header
/// begins a section with its own byte order and its own interfaces. Blocks that carry no packet are skipped.
struct PcapngReader: PacketReader {
  private var order = ByteOrder.little
  private var interfaces: [PcapngInterface] = []
  private var position = 0
  private(set) var isCutShort = false

  /// Returns nil if the file does not begin with a section header.
  init?(_ file: RawSpan) throws(CaptureError) {
    guard file.integer(UInt32.self, at: 0) == BlockType.sectionHeader else { return nil }
    guard file.integer(UInt32.self, at: 8) != nil else { throw .malformed(offset: 0, .sectionHeader) }
  }

  mutating func next(in file: RawSpan) throws(CaptureError) -> CapturedPacket? {
    while let block = try nextBlock(in: file) {
      let bytes = file.extracting(first: block.body.upperBound)
      let start = block.body.lowerBound
      switch block.type {
      case BlockType.interfaceDescription:
        guard let interface = PcapngInterface(bytes, at: start, order) else {
          throw .malformed(offset: start, .interfaceDescription)
        }
        interfaces.append(interface)
      case BlockType.enhancedPacket, BlockType.simplePacket, BlockType.obsoletePacket:
        guard let packet = packet(of: block.type, bytes, at: start) else {
          throw .malformed(offset: start, .packet)
        }
        return packet
      default:
        break
      }
    }
    return nil
  }

  private mutating func nextBlock(in file: RawSpan) throws(CaptureError) -> (type: UInt32, body: Range<Int>)?
  {
    let start = position
    guard start < file.byteCount else { return nil }
    // This type reads the same in either byte order. The section header says which order applies from here on.
    if file.integer(UInt32.self, at: start) == BlockType.sectionHeader {
      try beginSection(file, at: start)
    }
    guard
      let type = file.integer(UInt32.self, at: start, order),
      let length = file.integer(UInt32.self, at: start + 4, order), length <= file.byteCount - start
    else {
      isCutShort = true
      position = file.byteCount
      return nil
    }
    let end = start + Int(length)
    guard
      length >= 12, length % 4 == 0,
      file.integer(UInt32.self, at: end - 4, order) == length
    else { throw .malformed(offset: start, .block) }
    position = end
    return (type, start + 8..<end - 4)
  }

  private mutating func beginSection(_ file: RawSpan, at start: Int) throws(CaptureError) {
    switch file.integer(UInt32.self, at: start + 8) {
    case 0x1A2B_3C4D: order = .big
    case 0x4D3C_2B1A: order = .little
    case nil: break  // Cut short, as the caller will find.
    default: throw .malformed(offset: start, .sectionHeader)
    }
    interfaces.removeAll()
  }

  private func packet(of type: UInt32, _ bytes: RawSpan, at start: Int) -> CapturedPacket? {
    let index: Int
    switch type {
    case BlockType.simplePacket:
      return simplePacket(bytes, at: start)
    case BlockType.obsoletePacket:
      guard let number = bytes.integer(UInt16.self, at: start, order) else { return nil }
      index = Int(number)
    default:
      guard let number = bytes.integer(UInt32.self, at: start, order) else { return nil }
      index = Int(number)
    }
    guard
      index < interfaces.count,
      let high = bytes.integer(UInt32.self, at: start + 4, order),
      let low = bytes.integer(UInt32.self, at: start + 8, order),
      let count = bytes.integer(UInt32.self, at: start + 12, order),
      start + 20 <= bytes.byteCount, count <= bytes.byteCount - start - 20
    else { return nil }
    return CapturedPacket(
      linkType: interfaces[index].linkType,
      time: interfaces[index].time(ticks: UInt64(high) << 32 | UInt64(low)),
      bytes: start + 20..<start + 20 + Int(count))
  }

  /// Returns a simple packet. It has no time and belongs to the first interface, whose snapshot length separates the
  /// packet from the padding.
  private func simplePacket(_ bytes: RawSpan, at start: Int) -> CapturedPacket? {
    guard let interface = interfaces.first, let original = bytes.integer(UInt32.self, at: start, order)
    else { return nil }
    let count = interface.snapshotLength == 0 ? original : min(original, interface.snapshotLength)
    guard count <= bytes.byteCount - start - 4 else { return nil }
    return CapturedPacket(
      linkType: interface.linkType, time: .zero, bytes: start + 4..<start + 4 + Int(count))
  }

  private enum BlockType {
    static let sectionHeader: UInt32 = 0x0A0D_0D0A
    static let interfaceDescription: UInt32 = 1
    static let obsoletePacket: UInt32 = 2
    static let simplePacket: UInt32 = 3
    static let enhancedPacket: UInt32 = 6
  }
}

/// Writes capture files. The packet with index i is captured at 1000 + i seconds and 500 ticks.
struct CaptureWriter {
  var isBigEndian = false
  var link: UInt32 = 1

  func pcap(_ packets: [[UInt8]], nanoseconds: Bool = false) -> [UInt8] {
    let magic: UInt32 = nanoseconds ? 0xA1B2_3C4D : 0xA1B2_C3D4
    let header = int(magic) + int(UInt16(2)) + int(UInt16(4)) + int(UInt64(0))
    return packets.enumerated().reduce(into: header + int(UInt32(65535)) + int(link)) { file, packet in
      let count = int(UInt32(packet.element.count))
      file += int(UInt32(1000 + packet.offset)) + int(UInt32(500)) + count + count + packet.element
    }
  }

  func pcapng(_ blocks: [[UInt8]]) -> [UInt8] {
    sectionHeader + blocks.joined()
  }

  var sectionHeader: [UInt8] {
    block(0x0A0D_0D0A, int(UInt32(0x1A2B_3C4D)) + int(UInt16(1)) + int(UInt16(0)) + int(UInt64.max))
  }

  func interface(snapshotLength: UInt32 = 0, options: [(code: UInt16, value: [UInt8])] = []) -> [UInt8] {
    let list = options.flatMap { int($0.code) + int(UInt16($0.value.count)) + padded($0.value) }
    return block(1, int(UInt16(link)) + int(UInt16(0)) + int(snapshotLength) + list + int(UInt32(0)))
  }

  func enhanced(_ packet: [UInt8], interface: UInt32 = 0, ticks: UInt64 = 1_000_000_500) -> [UInt8] {
    let count = int(UInt32(packet.count))
    let comment = int(UInt16(1)) + int(UInt16(2)) + padded([0x68, 0x69]) + int(UInt32(0))
    return block(6, int(interface) + time(ticks) + count + count + padded(packet) + comment)
  }

  func obsolete(_ packet: [UInt8], interface: UInt16 = 0, ticks: UInt64 = 1_000_000_500) -> [UInt8] {
    let count = int(UInt32(packet.count))
    return block(2, int(interface) + int(UInt16(0)) + time(ticks) + count + count + padded(packet))
  }

  func simple(_ packet: [UInt8], original: Int? = nil) -> [UInt8] {
    block(3, int(UInt32(original ?? packet.count)) + padded(packet))
  }

  func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
    let length = int(UInt32(body.count + 12))
    return int(type) + length + body + length
  }

  func int(_ value: some FixedWidthInteger) -> [UInt8] {
    isBigEndian ? big(value) : little(value)
  }

  private func time(_ ticks: UInt64) -> [UInt8] {
    int(UInt32(ticks >> 32)) + int(UInt32(truncatingIfNeeded: ticks))
  }

  private func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + Array(repeating: 0, count: (4 - bytes.count % 4) % 4)
  }
}

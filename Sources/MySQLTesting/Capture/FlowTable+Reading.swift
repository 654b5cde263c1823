extension FlowTable {
  /// Reads a capture of either format, and calls the closure with the range of each packet that was read. Returns
  /// whether the file was cut short.
  mutating func readAll(
    of file: RawSpan, _ passed: (Range<Int>) -> Void = { _ in }
  ) throws(CaptureError) -> Bool {
    if var reader = try PcapReader(file) { return try readAll(from: &reader, of: file, passed) }
    if var reader = try PcapngReader(file) { return try readAll(from: &reader, of: file, passed) }
    throw .notACapture
  }

  private mutating func readAll(
    from reader: inout some PacketReader, of file: RawSpan, _ passed: (Range<Int>) -> Void
  ) throws(CaptureError) -> Bool {
    var foreignLink: UInt16?
    var number = 0
    while let packet = try reader.next(in: file) {
      number += 1
      passed(packet.bytes)
      guard let link = LinkType(rawValue: packet.linkType) else {
        foreignLink = packet.linkType
        ignored.otherLinks += 1
        continue
      }
      add(packet, link, number, of: file)
    }
    // Some packets with unknown link types can be ignored; if there is nothing else, the capture is a mistake.
    if let foreignLink, ignored.otherLinks == number { throw .unsupportedLinkType(foreignLink) }
    return reader.isCutShort
  }

  private mutating func add(_ packet: CapturedPacket, _ link: LinkType, _ number: Int, of file: RawSpan) {
    // The span ends where the packet ends, so that no header is read beyond it, and keeps the file's offsets.
    let bytes = file.extracting(first: packet.bytes.upperBound)
    do throws(NotASegment) {
      let header = try link.internetHeader(in: bytes, at: packet.bytes.lowerBound)
      let datagram = try InternetDatagram(bytes, at: header)
      add(try TCPSegment(bytes, datagram, number: number, time: packet.time))
    } catch {
      switch error {
      case .fragment: ignored.fragments += 1
      case .notTCP: ignored.notTCP += 1
      case .malformed: ignored.malformed += 1
      }
    }
  }
}

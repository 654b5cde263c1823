import Foundation

/// The TCP conversations in a packet capture, as written by tcpdump, Wireshark and similar programs.
///
/// Reads pcap and pcapng, in either byte order; Ethernet (with VLAN tags), BSD loopback, Linux cooked and raw IP; IPv4
/// and IPv6. Streams are reassembled from reordered and repeated segments (the first copy of a byte counts). Bytes that
/// the capture lost are marked as missing. Checksums are not verified, since network cards fill them in after the
/// capture.
public struct CaptureFile: Sendable {
  /// The TCP connections, in the order of their first packet. A new SYN on the same pair of ports begins a
  /// new conversation.
  public let conversations: [Conversation]
  /// The numbers of packets in the capture that belong to no conversation, by reason.
  public let ignored: IgnoredPackets
  /// Whether the file ends in the middle of a record, as when the capturing process was killed. All
  /// records before it were read.
  public let isCutShort: Bool

  /// Reads a capture from a file. Holds both the file and the bytes of the conversations in memory. Takes time in
  /// proportion to the file's size.
  ///
  /// - Throws: `CaptureError` if the file cannot be read or is not a capture that this reader understands.
  public init(path: String) throws(CaptureError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
    try self.init(bytes: [UInt8](data))
  }

  /// Reads a capture from the bytes of its file.
  ///
  /// - Throws: `CaptureError` if they are not a capture that this reader understands.
  public init(bytes: [UInt8]) throws(CaptureError) {
    var flows = FlowTable()
    isCutShort = try flows.readAll(of: bytes.span.bytes)
    conversations = flows.flows.map { Conversation($0, file: bytes) }
    ignored = flows.ignored
  }
}

extension FlowTable {
  /// Reads a capture of either format. Returns whether the file was cut short.
  mutating func readAll(of file: RawSpan) throws(CaptureError) -> Bool {
    if var reader = try PcapReader(file) { return try readAll(from: &reader, of: file) }
    if var reader = try PcapngReader(file) { return try readAll(from: &reader, of: file) }
    throw .notACapture
  }

  private mutating func readAll(
    from reader: inout some PacketReader, of file: RawSpan
  ) throws(CaptureError) -> Bool {
    var foreignLink: UInt16?
    var number = 0
    while let packet = try reader.next(in: file) {
      number += 1
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

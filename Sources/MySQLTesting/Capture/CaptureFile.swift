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
      throw .unreadable(path: path, reason: Self.reason(path, error))
    }
    try self.init(bytes: [UInt8](data))
  }

  /// Returns what the system says about a file that could not be read. `localizedDescription` would make a program that
  /// is linked statically four times as large.
  package static func reason(_ path: String, _ error: any Error) -> String {
    access(path, R_OK) == 0 ? "\(error)" : String(cString: strerror(errno))
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

/// Why a file could not be read as a packet capture.
public enum CaptureError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file could not be opened or read.
  case unreadable(path: String, reason: String)
  /// The bytes are neither pcap nor pcapng.
  case notACapture
  /// All packets have link types that this reader does not know. The value is the LINKTYPE_ number of one of them.
  case unsupportedLinkType(UInt16)
  /// The file's structure is broken at this offset.
  case malformed(offset: Int, Structure)

  /// The part of a capture file that is broken.
  public enum Structure: String, Sendable {
    /// The header of a pcap file.
    case fileHeader
    /// A block of a pcapng file: its lengths disagree.
    case block
    /// The section header of a pcapng file.
    case sectionHeader
    /// The description of an interface in a pcapng file.
    case interfaceDescription
    /// A packet in a pcapng file: too long for its block, or of an interface that was not described.
    case packet
  }

  /// The error in a sentence.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
    case .notACapture: "neither a pcap nor a pcapng file"
    case .unsupportedLinkType(let type): "link type \(type) is not supported"
    case .malformed(let offset, let structure): "broken \(structure) at offset \(offset)"
    }
  }
}

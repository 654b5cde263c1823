/// The header that a packet begins with, by LINKTYPE_ number.
enum LinkType: UInt16 {
  case loopback = 0
  case ethernet = 1
  // Raw IP is 101 in files. 12 and 14 are some systems' own numbers for it, which they write nevertheless.
  case rawBSD = 12
  case rawOpenBSD = 14
  case raw = 101
  case loop = 108
  case linuxCooked = 113
  case linuxCookedV2 = 276

  /// Returns the offset of the IP header in a packet that begins at `start`.
  func internetHeader(in packet: RawSpan, at start: Int) throws(NotASegment) -> Int {
    switch self {
    case .rawBSD, .rawOpenBSD, .raw: start
    case .loopback, .loop: try Self.afterFamily(in: packet, at: start)
    case .ethernet: try Self.afterTags(in: packet, type: start + 12, payload: start + 14)
    case .linuxCooked: try Self.afterTags(in: packet, type: start + 14, payload: start + 16)
    case .linuxCookedV2: try Self.afterTags(in: packet, type: start, payload: start + 20)
    }
  }

  /// Returns the offset after the address family. The family is in the byte order of the machine that captured (in
  /// network order for `loop`), which may differ from the file's. It fits in a byte, so both orders are tried.
  private static func afterFamily(in packet: RawSpan, at start: Int) throws(NotASegment) -> Int {
    guard let family = packet.integer(UInt32.self, at: start) else { throw .malformed }
    switch min(family, family.byteSwapped) {
    case 2, 10, 24, 28, 30: return start + 4  // AF_INET; AF_INET6 of Linux, NetBSD, FreeBSD, Darwin
    default: throw .notTCP
    }
  }

  private static func afterTags(
    in packet: RawSpan, type: Int, payload: Int
  ) throws(NotASegment) -> Int {
    var (type, payload) = (type, payload)
    for _ in 0...2 {  // At most two tags.
      guard let etherType = packet.integer(UInt16.self, at: type) else { throw .malformed }
      switch etherType {
      case 0x0800, 0x86DD:
        return payload
      case 0x8100, 0x88A8,
        0x9100:
        (type, payload) = (payload + 2, payload + 4)
      default:
        throw .notTCP
      }
    }
    throw .notTCP
  }
}

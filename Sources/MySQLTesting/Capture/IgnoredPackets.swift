/// How many packets of a capture belong to no conversation, and why.
public struct IgnoredPackets: Sendable, Equatable {
  /// Fragments of IP datagrams, which are not put together.
  public var fragments = 0
  /// Packets of other protocols than TCP over IP.
  public var notTCP = 0
  /// Packets whose headers are broken or were not captured in full.
  public var malformed = 0
  /// Packets of links that this reader does not know, next to others that it does.
  public var otherLinks = 0

  /// Counts none.
  public init() {}
}

/// Why a packet holds no TCP segment to read.
enum NotASegment: Error {
  case fragment, notTCP, malformed
}

/// The numbers of packets in a capture that belong to no conversation, by reason.
public struct IgnoredPackets: Sendable, Equatable {
  /// Fragments of IP datagrams, which are not reassembled.
  public var fragments = 0
  /// Packets of protocols other than TCP over IP.
  public var notTCP = 0
  /// Packets whose headers are broken or were not captured in full.
  public var malformed = 0
  /// Packets with link types that this reader does not know, in a capture that also has known ones.
  public var otherLinks = 0

  /// Makes counts of zero.
  public init() {}
}

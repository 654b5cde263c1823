extension FaultPlan {
  /// Something that goes wrong at some point of one direction.
  public struct Fault: Sendable, Hashable {
    /// What happens.
    public var action: Action
    /// Where it happens.
    public var point: Point

    /// Makes a fault.
    public init(_ action: Action, at point: Point) {
      self.action = action
      self.point = point
    }
  }

  /// A place in the bytes of one direction. It is reached as soon as everything before it was forwarded,
  /// whether or not anything follows.
  public enum Point: Sendable, Hashable {
    /// After n bytes.
    case offset(Int)
    /// Before the packet with this number, counted from 0, or `byte` bytes into it, including its header of four bytes;
    /// after the packet if it is shorter.
    ///
    /// Once the client has asked for TLS, TLS records are counted as packets, continuing the count. Packets of the
    /// compressed protocol are not told apart.
    case packet(Int, byte: Int = 0)
  }

  /// What a fault does to the connection or to its bytes.
  public enum Action: Sendable, Hashable {
    /// Both sides see FIN. What they still send is dropped.
    case cut
    /// Both sides see RST (ECONNRESET). What was forwarded just before may be lost.
    case reset
    /// Nothing more is forwarded, in either direction, and the connection stays open. Once the client gives up, the
    /// server sees the end of its connection too.
    case blackHole
    /// Nothing in this direction is forwarded for this long, to the millisecond.
    case delay(Duration)
    /// The next byte is forwarded with these bits flipped.
    case flip(UInt8)
    /// These bytes are inserted.
    case inject([UInt8])
  }
}

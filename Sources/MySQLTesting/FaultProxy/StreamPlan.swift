/// What a `FaultProxy` does to one direction of a connection.
public struct StreamPlan: Sendable, Hashable {
  /// How the bytes are cut before they are sent.
  public var pieces: Pieces
  /// How long to wait before each piece, to the millisecond.
  public var delay: Duration
  /// The faults, in the order of their points: a fault can only happen after those before it.
  public var faults: [FaultPlan.Fault]

  /// Makes a plan. Without arguments everything is forwarded as it comes.
  public init(pieces: Pieces = .asReceived, delay: Duration = .zero, faults: [FaultPlan.Fault] = []) {
    self.pieces = pieces
    self.delay = delay
    self.faults = faults
  }

  /// How bytes are cut. Each piece is passed to the system in a separate call and sent without delay. The other side
  /// may still read several pieces at once, unless a delay is long enough for it to read each one.
  public enum Pieces: Sendable, Hashable {
    /// As they came.
    case asReceived
    /// At most n bytes at a time. With 1, every byte is sent alone.
    case of(Int)
    /// Between one byte and `most` bytes at a time, chosen by this module's own random number generator: the same seed
    /// cuts the same bytes into the same pieces, as long as they arrive in the same way.
    case random(seed: UInt64, most: Int)
  }
}

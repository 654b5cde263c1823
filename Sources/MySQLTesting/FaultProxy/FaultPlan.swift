/// What a `FaultProxy` does to one connection.
public struct FaultPlan: Sendable, Hashable {
  /// What happens to the bytes that the client sends.
  public var fromClient: StreamPlan
  /// What happens to the bytes that the server sends.
  public var fromServer: StreamPlan

  /// Makes a plan. Without arguments everything is forwarded as it comes.
  public init(fromClient: StreamPlan = StreamPlan(), fromServer: StreamPlan = StreamPlan()) {
    self.fromClient = fromClient
    self.fromServer = fromServer
  }

  /// Makes a plan with a single fault.
  public init(_ action: Fault.Action, at point: Fault.Point, from direction: Conversation.Direction) {
    self.init()
    let stream = StreamPlan(faults: [Fault(action, at: point)])
    switch direction {
    case .client: fromClient = stream
    case .server: fromServer = stream
    }
  }
}

/// What a `FaultProxy` does to one direction of a connection.
public struct StreamPlan: Sendable, Hashable {
  /// How the bytes are cut before they are sent.
  public var pieces: Pieces
  /// How long to wait before each piece, to the millisecond.
  public var delay: Duration
  /// The faults, in the order of their points: a fault can only happen after those before it.
  public var faults: [Fault]

  /// Makes a plan. Without arguments everything is forwarded as it comes.
  public init(pieces: Pieces = .asReceived, delay: Duration = .zero, faults: [Fault] = []) {
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

  /// What happens.
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

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
  /// What happens on the way, in the order of the points: a fault is looked for once those before it have
  /// happened.
  public var faults: [Fault]

  /// Makes a plan. Without arguments everything is forwarded as it comes.
  public init(pieces: Pieces = .asReceived, delay: Duration = .zero, faults: [Fault] = []) {
    self.pieces = pieces
    self.delay = delay
    self.faults = faults
  }

  /// How bytes are cut. Each piece is handed to the system in a call of its own and sent without delay; the
  /// other side may still read several at once, unless a delay is long enough for it to read each.
  public enum Pieces: Sendable, Hashable {
    /// As they came.
    case asReceived
    /// At most so many bytes at a time. With 1, every byte is sent alone.
    case of(Int)
    /// Between one byte and the most, by a random number generator of our own: the same seed makes the same
    /// pieces of the same bytes, as long as they come in the same way.
    case random(seed: UInt64, most: Int)
  }
}

/// Something that goes wrong at some point of one direction.
public struct Fault: Sendable, Hashable {
  /// What happens.
  public var action: Action
  /// Where.
  public var point: Point

  /// Makes a fault.
  public init(_ action: Action, at point: Point) {
    self.action = action
    self.point = point
  }

  /// A place in the bytes of one direction. It is reached as soon as everything before it was forwarded,
  /// whether or not anything follows.
  public enum Point: Sendable, Hashable {
    /// Behind so many bytes.
    case offset(Int)
    /// Before the packet with that number, counted from 0, or that many bytes into it, its header of four
    /// bytes among them; behind it if it is shorter.
    ///
    /// Once the client has asked for TLS, the records of TLS are counted on as packets. Packets of the
    /// compressed protocol are not told apart.
    case packet(Int, byte: Int = 0)
  }

  /// What happens.
  public enum Action: Sendable, Hashable {
    /// Both sides see FIN. What they still send is dropped.
    case cut
    /// Both sides see RST (ECONNRESET). What was forwarded just before may be lost.
    case reset
    /// Nothing is forwarded any more, in either direction, and the connection stays open. Once the client
    /// gives up, the server sees its end too.
    case blackHole
    /// Nothing of this direction is forwarded for so long, to the millisecond.
    case delay(Duration)
    /// The next byte is forwarded with these bits flipped.
    case flip(UInt8)
    /// These bytes are sent in between.
    case inject([UInt8])
  }
}

extension CaptureFile {
  /// What a client and a server said to each other over one TCP connection.
  ///
  /// The turns hold every byte of both directions, in an order in which the two sides can have sent them. The other
  /// views (`clientBytes`, `serverBytes`, `gaps`) are computed from them.
  public struct Conversation: Sendable, Equatable {
    /// The side that opened the connection. If the capture has no SYN, the side with the higher port, or, if
    /// the ports are equal, the side whose packet was captured first.
    public var client: Endpoint
    /// The side that the client connected to.
    public var server: Endpoint
    /// The bytes of both directions, by turns.
    public var turns: [Turn]
    /// How the client's direction ended.
    public var clientEnd: End
    /// How the server's direction ended.
    public var serverEnd: End
    /// Whether the capture lacks the SYN of a side, so that bytes may have been sent before the first turn.
    public var beginsMidway: Bool

    /// Makes a conversation by hand.
    public init(
      client: Endpoint = Endpoint(address: "127.0.0.1", port: 50_000),
      server: Endpoint = Endpoint(address: "127.0.0.1", port: 3306),
      turns: [Turn], clientEnd: End = .fin, serverEnd: End = .fin, beginsMidway: Bool = false
    ) {
      self.client = client
      self.server = server
      self.turns = turns
      self.clientEnd = clientEnd
      self.serverEnd = serverEnd
      self.beginsMidway = beginsMidway
    }

    /// All bytes that the client sent, copied at each call. Bytes that the capture lost are missing here too: see
    /// `gaps`.
    public var clientBytes: [UInt8] { bytes(from: .client) }

    /// All bytes that the server sent, copied at each call. Bytes that the capture lost are missing here too: see
    /// `gaps`.
    public var serverBytes: [UInt8] { bytes(from: .server) }

    /// The places where bytes were sent but not captured, in the order of the turns.
    public var gaps: [Gap] {
      var offsets: [StreamDirection: Int] = [:]
      var gaps: [Gap] = []
      for turn in turns {
        let offset = offsets[turn.direction, default: 0]
        if turn.missingBefore > 0 {
          gaps.append(Gap(direction: turn.direction, offset: offset, count: turn.missingBefore))
        }
        offsets[turn.direction] = offset + turn.bytes.count
      }
      return gaps
    }

    private func bytes(from direction: StreamDirection) -> [UInt8] {
      turns.reduce(into: []) { if $1.direction == direction { $0 += $1.bytes } }
    }

    /// One side's address.
    public struct Endpoint: Sendable, Hashable {
      /// The IP address as text, such as `127.0.0.1` or `2001:db8::1`.
      public var address: String
      /// The TCP port.
      public var port: UInt16

      /// Makes an endpoint from a port and an address, which is not checked.
      public init(address: String, port: UInt16) {
        self.address = address
        self.port = port
      }
    }

    /// A run of bytes in one direction that neither an answer nor a gap interrupts.
    public struct Turn: Sendable, Equatable {
      /// The side that sent the bytes.
      public var direction: StreamDirection
      /// What was sent. Empty only if everything up to the direction's end is missing.
      public var bytes: [UInt8]
      /// The time at which the packet with the first byte was captured, since 1970 in UTC; zero if it is unknown.
      public var time: Duration
      /// The number of bytes that this direction sent right before the turn and that the capture lacks. Only a turn
      /// after such a gap may follow a turn of the same direction.
      public var missingBefore: Int

      /// Makes a turn by hand.
      public init(
        _ direction: StreamDirection, _ bytes: [UInt8], time: Duration = .zero, missingBefore: Int = 0
      ) {
        self.direction = direction
        self.bytes = bytes
        self.time = time
        self.missingBefore = missingBefore
      }
    }

    /// Bytes that were sent but are not in the capture.
    public struct Gap: Sendable, Equatable {
      /// The side that sent them.
      public var direction: StreamDirection
      /// The number of captured bytes of the same direction that come before them.
      public var offset: Int
      /// The number of missing bytes.
      public var count: Int

      /// Makes a gap by hand, to compare with.
      public init(direction: StreamDirection, offset: Int, count: Int) {
        self.direction = direction
        self.offset = offset
        self.count = count
      }
    }

    /// How a direction ended. If the side sent both FIN and RST, the first one counts.
    public enum End: Sendable, Equatable {
      /// The side closed its direction.
      case fin
      /// The side reset the connection.
      case rst
      /// Neither was captured.
      case open
    }
  }
}

extension CaptureFile.Conversation {
  /// Makes a conversation from a captured connection.
  init(_ flow: Flow, file: [UInt8]) {
    self.init(
      client: Endpoint(flow.client), server: Endpoint(flow.server), turns: [],
      clientEnd: flow.clientStream.end, serverEnd: flow.serverStream.end,
      beginsMidway: flow.clientStream.start == nil || flow.serverStream.start == nil)
    flow.forEachPiece { append($0, $1, file) }
  }

  private mutating func append(_ piece: StreamPiece, _ direction: StreamDirection, _ file: [UInt8]) {
    if piece.missingBefore > 0 || turns.last?.direction != direction {
      turns.append(Turn(direction, [], time: piece.time, missingBefore: piece.missingBefore))
    }
    turns[turns.count - 1].bytes += file[piece.bytes]
  }
}

extension Flow {
  /// Calls the closure with the pieces of both streams, in an order in which they can have been sent.
  func forEachPiece(_ body: (StreamPiece, StreamDirection) -> Void) {
    var client = StreamAssembly(clientStream)
    var server = StreamAssembly(serverStream)
    var (nextClient, nextServer) = (client.next(), server.next())
    // The streams are merged by their first remaining pieces, so that reordered bytes wait for the packet that fills
    // the hole before them.
    while true {
      if let piece = nextClient, nextServer.map({ piece.isBefore($0) }) ?? true {
        body(piece, .client)
        nextClient = client.next()
      } else if let piece = nextServer {
        body(piece, .server)
        nextServer = server.next()
      } else {
        return
      }
    }
  }
}

extension StreamPiece {
  /// Whether this piece comes before a piece of the other direction. If one of the two acknowledges the other, that
  /// decides, because a capture of several queues may show an answer before its question. Otherwise the order of
  /// capture decides.
  fileprivate func isBefore(_ other: StreamPiece) -> Bool {
    let hadOther = acknowledged.map { $0 >= other.end } ?? false
    let otherHadThis = other.acknowledged.map { $0 >= end } ?? false
    return hadOther == otherHadThis ? number < other.number : otherHadThis
  }
}

extension CaptureFile.Conversation.Endpoint {
  init(_ socket: CapturedEndpoint) {
    self.init(address: socket.address.text, port: socket.port)
  }
}

import MySQLWire

extension Exchange {
  /// How much is sent at once, so that little of a large piece lies on its way out.
  private static var pieceSize: Int { 256 << 10 }

  /// Sends the file that the server asked for. If there is none, or its source fails, the server is told its
  /// end all the same, since nothing else may be said; and the answer is the failure's, whatever the server
  /// makes of it.
  ///
  /// A connection that fails meanwhile says so when its next event is asked for.
  func sendFile() async throws(MySQLError) {
    do throws(MySQLError) {
      if loadFailure == nil, let read = makeReader() {
        while let piece = try await nextPiece(read) {
          var rest = piece[...]
          while !rest.isEmpty {
            let part = Array(rest.prefix(Self.pieceSize))
            rest = rest.dropFirst(part.count)
            try send { (session) throws(Misuse) in try session.sendFile(part) }
            await connection.channel.flushed()
          }
        }
      }
      try send { (session) throws(Misuse) in try session.endFile() }
    } catch {
      guard connection.channel.isDead else { throw error }
    }
  }

  private func send(_ body: (inout Session) throws(Misuse) -> Void) throws(MySQLError) {
    try connection.channel.send(body) { MySQLError($0) }
  }

  private func makeReader() -> MySQLInfileSource.Reader? {
    guard let localInfile else {
      loadFailure = MySQLError(
        .localInfile,
        "the server asked for a file, and this call brought none: pass it as localInfile: (nothing was sent)",
        reach: .answered)
      return nil
    }
    do {
      return try localInfile.makeReader()
    } catch {
      loadFailure = MySQLError(
        .localInfile, "the source of LOAD DATA LOCAL cannot be opened: \(error). Nothing was sent.",
        reach: .answered)
      return nil
    }
  }

  /// The next piece, or nil at the end, or if the source failed.
  private func nextPiece(_ read: MySQLInfileSource.Reader) async throws(MySQLError) -> [UInt8]? {
    let piece: [UInt8]?
    do {
      piece = try await read()
    } catch {
      piece = nil
      loadFailure = MySQLError(
        .localInfile, "the source of LOAD DATA LOCAL failed: \(error). What was read before it is loaded.",
        reach: .unknown)
    }
    // Many sequences end when their task is cancelled. That is not the end of the file, and must not be told
    // to the server as if it were.
    if Task.isCancelled {
      connection.channel.fail(
        MySQLError(
          .cancelled, "the task was cancelled amid LOAD DATA LOCAL; the connection is closed", reach: .unknown
        ))
    }
    return piece?.isEmpty == true ? nil : piece
  }
}

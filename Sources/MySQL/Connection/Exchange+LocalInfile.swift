import MySQLWire

extension Exchange {
  /// Sends the file that the server asked for, in a task of its own: who waits for the answer must not wait
  /// for a source that says nothing. The answer comes when all is sent, or the connection ends first; the task
  /// is to be cancelled then, and left behind if its source does not care.
  func startSendingFile(_ name: [UInt8]) -> Task<Void, Never> {
    Task {
      do throws(MySQLError) {
        try await SourceUse.reading(behind: connection.gate) { () throws(MySQLError) in
          try await sendFile(name)
        }
      } catch {
        // Nothing, if that is because the connection has ended.
        connection.channel.fail(error)
      }
    }
  }

  /// If there is no file, or its source fails, the server is told its end all the same, since nothing else may
  /// be said; and the answer is the failure's, whatever the server makes of it.
  private func sendFile(_ name: [UInt8]) async throws(MySQLError) {
    if loadFailure == nil, let read = makeReader(name) {
      while let piece = await nextPiece(read) {
        try await connection.channel.send(pieces: piece) { (part) throws(MySQLError) in
          try send { (session) throws(Misuse) in try session.sendFile(part) }
        }
      }
    }
    // Many sequences end when their task is cancelled. That is not the end of the file; but the connection has
    // ended by then, and nothing can be sent.
    try send { (session) throws(Misuse) in try session.endFile() }
  }

  private func send(_ body: (inout Session) throws(Misuse) -> Void) throws(MySQLError) {
    try connection.channel.send(body) { MySQLError($0) }
  }

  private func makeReader(_ name: [UInt8]) -> MySQLInfileSource.Reader? {
    guard let localInfile else {
      loadFailure = MySQLError(
        .localInfile,
        "the server asked for a file, and this call brought none: pass it as localInfile: (nothing was sent)",
        reach: .answered)
      return nil
    }
    do {
      return try localInfile.makeReader(name)
    } catch {
      loadFailure = MySQLError(
        .localInfile, "the source of LOAD DATA LOCAL cannot be opened: \(error). Nothing was sent.",
        reach: .answered)
      return nil
    }
  }

  /// The next piece, or nil at the end, or if the source failed.
  private func nextPiece(_ read: MySQLInfileSource.Reader) async -> [UInt8]? {
    do {
      let piece = try await read()
      return piece?.isEmpty == true ? nil : piece
    } catch {
      loadFailure = MySQLError(
        .localInfile, "the source of LOAD DATA LOCAL failed: \(error). What was read before it is loaded.",
        reach: .unknown)
      return nil
    }
  }
}

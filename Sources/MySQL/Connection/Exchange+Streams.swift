import MySQLWire
import Synchronization

/// A parameter whose value comes piece by piece while the statement is run.
final class ParameterStream: Sendable {
  let parameter: UInt16
  let source: MySQLInfileSource

  init(parameter: Int, _ source: MySQLInfileSource) {
    self.parameter = UInt16(truncatingIfNeeded: parameter)
    self.source = source
  }
}

extension ParameterStream: Hashable {
  static func == (left: ParameterStream, right: ParameterStream) -> Bool { left === right }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension Exchange {
  /// Sends the parameters that are streams, if it is their turn, and then executes the statement; in a task of
  /// its own, for who waits for the answer must not wait for a source that says nothing. The task is to be
  /// cancelled when the answer is there, or the connection has ended.
  func startSendingStreams() -> Task<Void, Never>? {
    let run = state.withLock { state -> StatementRun? in
      guard let run = state.run, case .streaming(let statement) = run.stage else { return nil }
      state.run?.stage = .executing(statement: statement)
      return run
    }
    guard let run, case .streaming(let statement) = run.stage else { return nil }
    return Task {
      do throws(MySQLError) {
        try await SourceUse.reading(behind: connection.gate) { () throws(MySQLError) in
          for stream in run.request.streams where loadFailure == nil {
            try await sendStream(stream, of: statement)
          }
        }
        // What was sent must not be executed, nor wait for the next execution.
        let failed = loadFailure != nil
        try send { (session) throws(Misuse) in
          try session.send(failed ? .resetStatement(statement) : .execute(run.execution(of: statement)))
        }
      } catch {
        // Nothing, if that is because the connection has ended.
        connection.channel.fail(error)
      }
    }
  }

  private func sendStream(_ stream: ParameterStream, of statement: UInt32) async throws(MySQLError) {
    // A value of no bytes at all is one only if it is sent.
    try sendPiece([], of: stream, of: statement)
    do {
      let read = try stream.source.makeReader([])
      while let piece = try await read(), !piece.isEmpty {
        try await connection.channel.send(pieces: piece) { (part) throws(MySQLError) in
          try sendPiece(part, of: stream, of: statement)
        }
      }
    } catch {
      loadFailure = MySQLError(
        .encoding, "the source of a streamed parameter failed: \(error). The statement was not executed.",
        reach: .answered)
    }
    // Many sequences end when their task is cancelled: that is not the end of the value. The connection has
    // ended by then.
    if Task.isCancelled { throw MySQLError(.cancelled, "the task was cancelled while it sent a parameter") }
  }

  private func sendPiece(
    _ piece: [UInt8], of stream: ParameterStream, of statement: UInt32
  ) throws(MySQLError) {
    try connection.channel.send { (session) throws(Misuse) in
      try session.send(.sendLongData(statement: statement, parameter: stream.parameter, piece))
    } orElse: {
      MySQLError($0)
    }
  }
}

import Synchronization
import MySQLWire

/// Sends what a command needs in addition: the file of a LOAD DATA LOCAL, or parameters that come in pieces. A source
/// that fails does not end the connection: the server is still told that the data has ended, and the call throws the
/// failure, whatever the server makes of what it received.
struct Upload: Sendable {
  private let response: Response
  private let content: Content

  enum Content {
    /// The file that the server asked for.
    case file(name: [UInt8])
    /// The streams among the parameters of a statement, which is then executed.
    case parameters(of: UInt32)
  }

  init(of response: Response, _ content: Content) {
    self.response = response
    self.content = content
  }

  private var connection: MySQLConnection { response.connection }

  /// Sends the content in a separate task: a caller that waits for the response must not wait for a silent source. The
  /// response arrives when everything is sent, unless the connection ends first. The task must then be cancelled, and
  /// is left behind if its source ignores that.
  func start() -> Task<Void, Never> {
    Task {
      do throws(MySQLError) {
        let failure = try await SourceUse.reading(holding: connection.gate) {
          () async throws(MySQLError) -> MySQLError? in try await sendContent()
        }
        // Many sequences end when their task is cancelled. That is not the end of the file; but the connection has
        // ended by then, and nothing can be sent.
        try response.uploaded(failure)
      } catch {
        // This does nothing if the cause is that the connection has ended.
        connection.channel.fail(error)
      }
    }
  }

  /// Sends the content, and returns why a source failed, if one did.
  private func sendContent() async throws(MySQLError) -> MySQLError? {
    switch content {
    case .file(let name):
      guard let source = response.localInfile else { return Self.noSource }
      return try await send(source, name, Self.fileFailure) { (session, piece) throws(Misuse) in
        try session.sendFile(piece)
      }
    case .parameters(let statement):
      for stream in response.state.withLock({ $0.machine.work?.options?.streams }) ?? [] {
        let failure = try await send(stream, of: statement)
        if Task.isCancelled {
          throw MySQLError(.cancelled, "the task was cancelled while it sent a parameter")
        }
        if let failure { return failure }
      }
      return nil
    }
  }

  private func send(_ stream: ParameterStream, of statement: UInt32) async throws(MySQLError) -> MySQLError? {
    // An empty value exists for the server only if it is sent.
    try connection.channel.send { (session) throws(Misuse) in
      try session.send(.sendLongData(statement: statement, parameter: stream.parameter, []))
    }
    return try await send(stream.source, [], Self.streamFailure) { (session, piece) throws(Misuse) in
      try session.send(.sendLongData(statement: statement, parameter: stream.parameter, piece))
    }
  }

  /// Sends all pieces of a source, and returns why it failed, if it did.
  private func send(
    _ source: MySQLByteSource, _ name: [UInt8], _ failure: (Step, any Error) -> MySQLError,
    _ body: (inout Session, [UInt8]) throws(Misuse) -> Void
  ) async throws(MySQLError) -> MySQLError? {
    let read: MySQLByteSource.Reader
    do { read = try source.makeReader(name) } catch { return failure(.opening, error) }
    while true {
      let piece: [UInt8]?
      do { piece = try await read() } catch { return failure(.reading, error) }
      guard let piece, !piece.isEmpty else { return nil }
      try await connection.channel.send(pieces: piece) { (part) throws(MySQLError) in
        try connection.channel.send { (session) throws(Misuse) in try body(&session, part) }
      }
    }
  }

  /// Where a source failed.
  private enum Step { case opening, reading }

  private static var noSource: MySQLError {
    MySQLError(
      .localInfile,
      "the server asked for a file, and this call brought none: pass it as options: .localInfile(…) (nothing "
        + "was sent)",
      reach: .answered)
  }

  private static func fileFailure(_ step: Step, _ error: any Error) -> MySQLError {
    switch step {
    case .opening:
      MySQLError(
        .localInfile, "the source of LOAD DATA LOCAL cannot be opened: \(error). Nothing was sent.",
        reach: .answered)
    case .reading:
      MySQLError(
        .localInfile,
        "the source of LOAD DATA LOCAL failed: \(error). The rows before the failure are loaded.",
        reach: .unknown)
    }
  }

  private static func streamFailure(_ step: Step, _ error: any Error) -> MySQLError {
    MySQLError(
      .encoding, "the source of a streamed parameter failed: \(error). The statement was not executed.",
      reach: .answered)
  }
}

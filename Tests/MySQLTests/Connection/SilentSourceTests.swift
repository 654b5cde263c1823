import MySQL
import MySQLTesting
import Testing

/// A load whose source delivers nothing for now must not outlast the call's deadline or its connection.
@Suite(.timed) struct SilentSourceTests {
  /// What ends the waiting.
  enum End: String, CaseIterable, CustomTestStringConvertible {
    case deadline, serverCloses, serverResets, serverSaysWhy, serverBreaksTheProtocol, taskIsCancelled

    var testDescription: String { rawValue }

    var kind: MySQLError.Kind {
      switch self {
      case .deadline: .timeout
      case .serverCloses, .serverResets, .serverSaysWhy: .connectionLost
      case .serverBreaksTheProtocol: .protocolViolation
      case .taskIsCancelled: .cancelled
      }
    }

    func happen(_ connection: ScriptedConnection) throws {
      switch self {
      case .serverCloses: connection.close()
      case .serverResets: connection.reset()
      case .serverSaysWhy: try connection.sendError(1053, message: "Server shutdown in progress")
      case .serverBreaksTheProtocol: try connection.sendOK()
      case .deadline, .taskIsCancelled: break
      }
    }
  }

  /// The source's task is cancelled. A source that ignores this is left running.
  @Test(arguments: End.allCases, [false, true])
  func theErrorDoesNotWaitForTheSource(end: End, isDeaf: Bool) async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      _ = try connection.readCommand()
      try connection.requestFile("numbers")
      // After this first piece, the client waits for the source.
      #expect(try connection.readPacket() == Array("1\n".utf8))
      try end.happen(connection)
      if end != .serverCloses, end != .serverResets { try connection.stall() }
    }
    let client = try await server.connect {
      $0.allowsLocalInfile = true
      $0.queryTimeout = end == .deadline ? .milliseconds(300) : nil
    }
    let source = SilentSource(first: Array("1\n".utf8), isDeaf: isDeaf)
    let start = ContinuousClock.now
    let load = Task {
      try await client.execute(
        "LOAD DATA LOCAL INFILE 'x' INTO TABLE t", options: .localInfile(.sequence(source)))
    }
    if end == .taskIsCancelled {
      #expect(await wait { source.isSilent })
      load.cancel()
    }
    let error = await failure { try await load.value }
    #expect(error?.kind == end.kind, "\(String(describing: error))")
    #expect(error?.reach == .unknown)
    #expect(start.duration(to: .now) < .seconds(2))
    await client.expectClosed()
    #expect(await wait { source.wasCancelled })
    source.end()
    let connection = try await server.connection()
    #expect(await connection.waitForEnd())
    // However the source ends after that, the client does not send the end of the file.
    #expect(connection.received.suffix(2).elementsEqual("1\n".utf8))
  }
}

/// A source that gives one piece, and then nothing until it is ended.
private struct SilentSource: AsyncSequence, Sendable {
  let first: [UInt8]
  let isDeaf: Bool
  private let calls = Counter()
  private let cancellations = Counter()
  private let silence = AsyncStream<Never>.makeStream()

  init(first: [UInt8], isDeaf: Bool) {
    self.first = first
    self.isDeaf = isDeaf
  }

  var isSilent: Bool { calls.value > 1 }
  var wasCancelled: Bool { cancellations.value > 0 }
  func end() { silence.continuation.finish() }

  func makeAsyncIterator() -> Iterator { Iterator(source: self) }

  struct Iterator: AsyncIteratorProtocol {
    let source: SilentSource

    mutating func next(isolation actor: isolated (any Actor)?) async throws(Never) -> [UInt8]? {
      let source = source
      source.calls.add(1)
      if source.calls.value == 1 { return source.first }
      let wait = Task { for await _ in source.silence.stream {} }
      await withTaskCancellationHandler {
        await wait.value
      } onCancel: {
        source.cancellations.add(1)
        if !source.isDeaf { wait.cancel() }
      }
      return nil
    }
  }
}

import Synchronization

/// A server that answers as a real one did, from a capture.
///
/// ```swift
/// let server = try ReplayServer(captureFile: CaptureFile(path: "users.pcap"), mode: .byStatement)
/// // … connect a client to server.url, and run what was recorded …
/// server.stop()
/// ```
///
/// Every login is accepted that the recorded client's was: user, password and database are not looked at.
/// The recorded exchange of login packets is played as it was, whatever the client answers; a client that
/// needs another number of them, since it has the server's RSA key already, say, gets out of step. TLS and
/// compression are not offered, and captures of them cannot be replayed.
///
/// What swift-mysql sends by itself to make a session ready (`SET NAMES utf8mb4`) is answered with OK if it was not
/// recorded.
///
/// Answers look different to clients of different capabilities. So the greeting offers nothing that the
/// recorded client did not take, and a client that takes less is told so by an error (1043) and in
/// `mismatches`.
public final class ReplayServer: Sendable {
  /// How commands find their recorded answers.
  public enum Mode: Sendable, Hashable {
    /// Commands must come in the recorded order. COM_STMT_CLOSE, COM_STMT_SEND_LONG_DATA and COM_QUIT, which
    /// have no answer, may be left out or added.
    case strict
    /// Each command gets the answer that was recorded for it, in any order and any number of times: the
    /// recorded answers one after the other, then the last again. COM_PING, COM_RESET_CONNECTION and
    /// COM_SET_OPTION are answered by OK if they were not recorded.
    case byStatement
  }

  /// Something that a client did otherwise than recorded.
  public struct Mismatch: Sendable, Hashable, CustomStringConvertible {
    /// How many connections there were before the one in question.
    public var connection: Int
    /// What was recorded.
    public var expected: String
    /// What came.
    public var received: String

    /// Both in a sentence.
    public var description: String { "connection \(connection): expected \(expected), received \(received)" }
  }

  private let server: ScriptedServer
  private let log: ReplayLog

  /// Plays one conversation to every client.
  ///
  /// - Throws: `TestServerError.notReplayable` if the conversation is encrypted, compressed or incomplete;
  ///   `.malformed` if it is something else than this protocol.
  public convenience init(
    conversation: Conversation, mode: Mode = .strict, at address: ServerAddress = .loopback
  ) throws(TestServerError) {
    try self.init([conversation], mode, address)
  }

  /// Plays the conversations of a capture, the first to the first client and so on, and then from the start
  /// again.
  ///
  /// - Throws: `TestServerError.notReplayable` if there is no conversation or if one is encrypted, compressed
  ///   or incomplete; `.malformed` if one is something else than this protocol.
  public convenience init(
    captureFile: CaptureFile, mode: Mode = .strict, at address: ServerAddress = .loopback
  ) throws(TestServerError) {
    try self.init(captureFile.conversations, mode, address)
  }

  private init(
    _ conversations: [Conversation], _ mode: Mode, _ address: ServerAddress
  ) throws(TestServerError) {
    guard !conversations.isEmpty else { throw .notReplayable("there is no conversation") }
    var recordings: [Recording] = []
    for conversation in conversations { recordings.append(try Recording(conversation)) }
    let log = ReplayLog()
    self.log = log
    server = try ScriptedServer(at: address) { [recordings] connection in
      let recording = recordings[connection.index % recordings.count]
      var player = ReplayPlayer(recording, mode, connection, log)
      try player.play()
    }
  }

  /// Where it listens, with the port that the system chose.
  public var address: ServerAddress { server.address }

  /// The TCP port, or 0 of a unix socket.
  public var port: Int { server.port }

  /// The address as a URL, for clients that take one, with the user `test` and no password.
  public var url: String { server.url }

  /// The SQL of all queries and preparations, in the order in which they came, from whichever connection.
  public var receivedStatements: [String] { log.statements.withLock { $0 } }

  /// What clients did otherwise than recorded.
  public var mismatches: [Mismatch] { log.mismatches.withLock { $0 } }

  /// How connections failed, such as when a client left before it was through.
  public var errors: [any Error] { server.errors }

  /// Ends all connections and waits for their threads, which wake at once.
  public func stop() { server.stop() }
}

/// What happened on the connections of a `ReplayServer`.
final class ReplayLog: Sendable {
  let statements = Mutex<[String]>([])
  let mismatches = Mutex<[ReplayServer.Mismatch]>([])
}

import Synchronization

/// A server that gives the answers of a real one, from a capture.
///
/// ```swift
/// let server = try ReplayServer(captureFile: CaptureFile(path: "users.pcap"), mode: .byStatement)
/// // … connect a client to server.url, and run what was recorded …
/// server.stop()
/// ```
///
/// Every login is accepted if the recorded client's was: user, password and database are not checked. The recorded
/// exchange of login packets is played as it was, whatever the client sends. A client that needs a different number of
/// packets gets out of step, for example because it already has the server's RSA key. TLS and compression are not
/// offered, and captures of them cannot be replayed.
///
/// The statements that swift-mysql sends on its own to prepare a session (such as `SET NAMES utf8mb4`) are answered
/// with OK if they were not recorded.
///
/// The format of answers depends on the client's capabilities. So the greeting offers nothing that the recorded client
/// did not accept. A client that accepts less gets an error (1043), which is also reported in `mismatches`.
public final class ReplayServer: Sendable {
  /// How commands find their recorded answers.
  public enum Mode: Sendable, Hashable {
    /// Commands must come in the recorded order. COM_STMT_CLOSE, COM_STMT_SEND_LONG_DATA and COM_QUIT, which
    /// have no answer, may be left out or added.
    case strict
    /// Commands may come in any order and any number of times. Each gets the answers that were recorded for it, one
    /// after the other, and then the last one again. COM_PING, COM_RESET_CONNECTION and COM_SET_OPTION are answered
    /// with OK if they were not recorded.
    case byStatement
  }

  /// A client's deviation from the recording.
  public struct Mismatch: Sendable, Hashable, CustomStringConvertible {
    /// The number of connections before this one.
    public var connection: Int
    /// What was recorded.
    public var expected: String
    /// What the client sent.
    public var received: String

    /// The mismatch in a sentence.
    public var description: String { "connection \(connection): expected \(expected), received \(received)" }
  }

  private let server: ScriptedServer
  private let log: ReplayLog

  /// Plays one conversation to every client.
  ///
  /// - Throws: `TestServerError.notReplayable` if the conversation is encrypted, compressed or incomplete; `.malformed`
  ///   if it does not follow this protocol.
  public convenience init(
    conversation: CaptureFile.Conversation, mode: Mode = .strict, at address: ServerAddress = .loopback
  ) throws(TestServerError) {
    try self.init([conversation], mode, address)
  }

  /// Plays the conversations of a capture, the first to the first client and so on, and starts over after the last.
  ///
  /// - Throws: `TestServerError.notReplayable` if there is no conversation or if one is encrypted, compressed or
  ///   incomplete; `.malformed` if one does not follow this protocol.
  public convenience init(
    captureFile: CaptureFile, mode: Mode = .strict, at address: ServerAddress = .loopback
  ) throws(TestServerError) {
    try self.init(captureFile.conversations, mode, address)
  }

  private init(
    _ conversations: [CaptureFile.Conversation], _ mode: Mode, _ address: ServerAddress
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

  /// The address that the server listens at, with the port that the system chose.
  public var address: ServerAddress { server.address }

  /// The TCP port; 0 for a unix socket.
  public var port: Int { server.port }

  /// The address as a URL, for clients that take one, with the user `test` and no password.
  public var url: String { server.url }

  /// The SQL of all queries and preparations on all connections, in the order in which they arrived.
  public var receivedStatements: [String] { log.statements.withLock { $0 } }

  /// The clients' deviations from the recording.
  public var mismatches: [Mismatch] { log.mismatches.withLock { $0 } }

  /// The errors with which connections failed, for example when a client disconnected midway.
  public var errors: [any Error] { server.errors }

  /// Ends all connections and waits for their threads, which wake at once.
  public func stop() { server.stop() }
}

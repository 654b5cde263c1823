import MySQLWire
import Synchronization

/// A server, and what logging in there takes, whichever of its addresses is tried.
struct Destination: Sendable {
  /// The settings with this server's endpoint alone, and with the credentials for this login.
  private let settings: MySQLConfiguration
  private let login: SessionSettings
  private let tls: TLSSetup?
  private let observer: (any MySQLWireObserver)?
  private let loop: EventLoop

  var endpoint: MySQLConfiguration.Endpoint { settings.endpoint }

  /// - Throws: What is wrong with the settings, which is then known before any name is looked up.
  init(
    settings: MySQLConfiguration, tls: TLSSetup?, observer: (any MySQLWireObserver)?, loop: EventLoop
  ) throws(MySQLError) {
    self.settings = settings
    login = try SessionSettings(settings, hasTLS: tls != nil)
    self.tls = tls
    self.observer = observer
    self.loop = loop
  }

  /// Connects to an address and logs in.
  func logIn(
    at address: SocketAddress, by deadline: inout Deadline, as attempt: Attempt? = nil
  ) async throws(ConnectFailure) -> Admission {
    let session = try makeSession()
    let socket = try await ConnectAttempt.connect(
      to: address, keepAlive: settings.tcpKeepAlive, by: &deadline, on: loop)
    let channel = Channel(socket, session, tls: tls, on: loop)
    attempt?.reach(channel)
    do throws(MySQLError) {
      return try await admission(to: channel, within: deadline.remaining)
    } catch {
      // However the login ended, no command was sent.
      var error = error
      error.reach = .notSent
      await channel.close(error)
      throw .login(error)
    }
  }

  private func makeSession() throws(ConnectFailure) -> Session {
    var session: Session
    do throws(Misuse) {
      session = try Session(login)
    } catch {
      throw .login(MySQLError(error))
    }
    if let observer { session.tap = observer.tap() }
    return session
  }

  private func admission(to channel: Channel, within time: Duration) async throws(MySQLError) -> Admission {
    setTimeLimit(time, of: channel)
    while true {
      switch try await channel.next() {
      case .ready(let ok):
        guard let greeting = channel.withSession({ $0.greeting }) else { continue }
        let server = MySQLServerInfo(greeting, endpoint: endpoint.text, tls: channel.tlsInfo)
        let redirection = settings.followsRedirection ? Redirection(ok) : nil
        return Admission(channel: channel, server: server, destination: self, redirection: redirection)
      case .closed(let error):
        throw MySQLError(
          refusing: MySQLError.Server(error), isUnproved: channel.isStillUnencrypted,
          isEncrypted: channel.tlsInfo != nil)
      default: continue
      }
    }
  }

  /// Sets how long the server may take for the login and what belongs to it.
  func setTimeLimit(_ time: Duration, of channel: Channel) {
    channel.setTimeLimit(
      time.nanoseconds,
      for: "the login at \(endpoint.text): connections are accepted, but the server did not reply in time")
  }

  /// Returns the destination that a redirection names, with the same demands.
  func redirected(to redirection: Redirection) throws(MySQLError) -> Self {
    var settings = self.settings
    settings.endpoint = redirection.endpoint
    if let user = redirection.user { settings.user = user }
    return try Self(settings: settings, tls: TLSSetup(settings), observer: observer, loop: loop)
  }

  /// Whether a redirection by the server may be followed.
  func allows(_ redirection: Redirection, isVerified: Bool) -> Bool {
    redirection.mayBeFollowed(from: endpoint, isVerified: isVerified, with: settings.tls)
  }
}

/// An attempt in progress, as the race sees it.
final class Attempt: Sendable {
  private let channel = Mutex<Channel?>(nil)

  func reach(_ channel: Channel) { self.channel.withLock { $0 = channel } }

  var hasGreeted: Bool { channel.withLock { $0 }?.withSession { $0.greeting != nil } ?? false }
}

/// A channel to a server that has let this client in.
struct Admission: Sendable {
  let channel: Channel
  let server: MySQLServerInfo
  let destination: Destination
  /// Where the server wants the client to go.
  let redirection: Redirection?
  /// The account that another server has named for this one.
  var redirectedUser: String?

  /// Says goodbye to a server that is not needed.
  func leave() async {
    try? channel.send { (session) throws(Misuse) in
      if session.isIdle { try session.send(.quit) }
    }
    await channel.close(MySQLError(.connectionClosed, "another server is used instead"))
  }
}

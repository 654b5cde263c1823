import MySQLWire
import Synchronization

/// A server, and what logging in there takes, whichever of its addresses is tried.
struct Destination: Sendable {
  let endpoint: MySQLConfiguration.Endpoint
  private let login: SessionSettings
  private let keepAlive: Duration?
  private let tls: TLSSetup?
  private let observer: (any MySQLWireObserver)?
  private let loop: EventLoop

  /// - Parameter settings: The settings with this server's endpoint alone, and with the credentials for this login.
  /// - Throws: What is wrong with the settings, which is then known before any name is looked up.
  init(
    settings: MySQLConfiguration, tls: TLSSetup?, observer: (any MySQLWireObserver)?, loop: EventLoop
  ) throws(MySQLError) {
    endpoint = settings.endpoint
    login = try SessionSettings(settings, hasTLS: tls != nil)
    keepAlive = settings.tcpKeepAlive
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
      to: address, keepAlive: keepAlive, by: &deadline, on: loop)
    let channel = Channel(socket, session, tls: tls, on: loop)
    attempt?.reach(channel)
    do throws(MySQLError) {
      let server = try await server(of: channel, within: deadline.remaining)
      return Admission(channel: channel, server: server, endpoint: endpoint)
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

  private func server(of channel: Channel, within time: Duration) async throws(MySQLError) -> MySQLServerInfo
  {
    channel.setTimeLimit(
      time.nanoseconds,
      for: "the login at \(endpoint.text): connections are accepted, but the server did not reply in time")
    while true {
      switch try await channel.next() {
      case .ready:
        guard let greeting = channel.withSession({ $0.greeting }) else { continue }
        return MySQLServerInfo(greeting, endpoint: endpoint.text, tls: channel.tlsInfo)
      case .closed(let error):
        throw MySQLError(
          refusing: MySQLError.Server(error), isUnproved: channel.isStillUnencrypted,
          isEncrypted: channel.tlsInfo != nil)
      default: continue
      }
    }
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
  let endpoint: MySQLConfiguration.Endpoint

  /// Says goodbye to a server that is not needed.
  func leave() async {
    try? channel.send { (session) throws(Misuse) in
      if session.isIdle { try session.send(.quit) }
    }
    await channel.close(MySQLError(.connectionClosed, "another server was faster"))
  }
}

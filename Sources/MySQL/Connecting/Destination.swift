import MySQLWire
import Synchronization

/// A server, and what logging in there takes, whichever of its addresses is tried.
struct Destination: Sendable {
  /// The settings with this server's endpoint alone, and with the credentials for this login.
  let settings: MySQLConfiguration
  let tls: TLSSetup?
  let observer: (any MySQLWireObserver)?
  let loop: EventLoop

  var endpoint: MySQLConfiguration.Endpoint { settings.endpoint }

  /// Connects to an address and logs in.
  func logIn(
    at address: SocketAddress, by deadline: inout Deadline, as attempt: Attempt
  ) async throws(ConnectFailure) -> Admission {
    guard !deadline.hasPassed else { throw .notTried }
    let session: Session
    do throws(MySQLError) {
      session = try Session(settings, hasTLS: tls != nil)
    } catch {
      throw .login(error)
    }
    return try await logIn(session, at: address, by: &deadline, as: attempt)
  }

  /// Does the same with a session that has been made.
  func logIn(
    _ session: consuming Session, at address: SocketAddress, by deadline: inout Deadline,
    as attempt: Attempt? = nil
  ) async throws(ConnectFailure) -> Admission {
    if let observer { session.tap = observer.tap() }
    let socket = try await ConnectAttempt.connect(
      to: address, keepAlive: settings.tcpKeepAlive, by: &deadline, on: loop)
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

import Synchronization

/// Ends statements of other connections by KILL QUERY, over a connection of its own to the same server, which it keeps
/// for a while. A pool has one for all its connections.
///
/// The number in a KILL is meaningful only to the server that assigned it, and a name or a proxy may lead to a
/// different server. So the killer connects to the exact address of the connection, and verifies that the session with
/// that number is the one that this program's socket belongs to.
final class StatementKiller: Sendable {
  private let configuration: MySQLConfiguration
  private let keepTime: Duration
  private let state = Mutex(State())
  /// Lets in one kill at a time: the commands of several would collide on the connection.
  private let turn = CommandGate()

  /// The number of a connection for kills, which no other of this killer has.
  typealias SideNumber = Int

  /// Where a connection for kills leads, and the account that another server has named for it.
  private struct Place: Hashable {
    let address: SocketAddress
    let user: String?
  }

  private struct Side {
    let number: SideNumber
    let connection: Task<MySQLConnection, any Error>
  }

  private struct State {
    var sides: [Place: Side] = [:]
    var lastNumber: SideNumber = 0
    /// How often something was killed, which shows whether a connection was used since.
    var uses = 0
    /// Whether a timer is set that will look for connections that are no longer used.
    var isWatched = false
    var isClosed = false
  }

  /// How long a kill may take, with the wait for others and with connecting.
  private static var patience: Duration { .seconds(5) }

  init(_ configuration: MySQLConfiguration, keepTime: Duration = .seconds(10)) {
    var own = configuration
    own.database = nil
    own.initCommands = []
    own.connectTimeout = min(configuration.connectTimeout, Self.patience)
    own.cancellation = .close
    own.followsRedirection = false
    self.configuration = own
    self.keepTime = keepTime
  }

  deinit {
    abandon()
  }

  /// Ends the statement that a connection executes. Returns the reason if nothing was killed. The statement may have
  /// ended by itself: then the KILL hits the connection's next one, which the caller has to allow for.
  ///
  /// - Parameter end: When to give up; nil after `patience`.
  /// - Throws: `MySQLError` if the response to the KILL did not arrive, so that it is unknown whether and when it is
  ///   carried out.
  func kill(_ connection: MySQLConnection, by end: Deadline? = nil) async throws(MySQLError) -> MySQLError? {
    guard let addresses = connection.channel.addresses else { return connection.channel.closedError }
    let end = end ?? .after(Self.patience)
    do throws(MySQLError) {
      try await turn.enter(within: end.timeLeft)
    } catch {
      return error
    }
    defer { turn.leave() }
    defer { closeLater() }
    let place = Place(address: addresses.peer, user: connection.redirectedUser)
    let isKept = state.withLock { $0.sides[place] != nil }
    let failure = try await kill(connection, addresses, by: end)
    // A connection that was kept may have ended meanwhile.
    guard isKept, let failure, failure.kind == .connectionLost || failure.kind == .connectionClosed else {
      return failure
    }
    state.withLock { $0.sides[place] = nil }
    return try await kill(connection, addresses, by: end)
  }

  private func kill(
    _ connection: MySQLConnection, _ addresses: Socket.Addresses, by end: Deadline
  ) async throws(MySQLError) -> MySQLError? {
    let id = connection.server.connectionID
    let side: MySQLConnection
    do throws(MySQLError) {
      let number: SideNumber
      let place = Place(address: addresses.peer, user: connection.redirectedUser)
      (side, number) = try await self.side(at: place, of: connection.endpoint, by: end)
      // Once for each connection that is made for kills, since a later one may lead to another server.
      if connection.knowledge.withLock({ $0.verifiedBy != number }) {
        try await Self.verify(id, addresses, over: side, by: end)
        connection.knowledge.withLock { $0.verifiedBy = number }
      }
    } catch {
      return error
    }
    do throws(MySQLError) {
      _ = try await side.integer(of: "KILL QUERY \(id)", by: end)
      return nil
    } catch {
      guard error.reach == .unknown else { return error }
      throw error
    }
  }

  /// Closes the connections, and waits until the server knows. From then on, nothing is killed.
  func close() async {
    for side in takeSides() { await Self.close(side) }
  }

  /// Does the same without waiting.
  func abandon() {
    for side in takeSides() { Task.detached { await Self.close(side) } }
  }

  private func takeSides() -> [Side] {
    state.withLock { state in
      state.isClosed = true
      defer { state.sides = [:] }
      return Array(state.sides.values)
    }
  }

  private static func close(_ side: Side) async {
    // Only a connection that is still being opened needs this.
    side.connection.cancel()
    try? await side.connection.value.close()
  }

  /// Checks that the session with that number is the one at the other end of this program's socket.
  private static func verify(
    _ id: UInt32, _ addresses: Socket.Addresses, over side: MySQLConnection, by end: Deadline
  ) async throws(MySQLError) {
    guard let port = addresses.localPort else { return }
    let count = try await side.integer(
      of: "SELECT COUNT(*) FROM information_schema.processlist WHERE id = \(id) AND host LIKE '%:\(port)'",
      by: end)
    guard count == 1 else {
      throw MySQLError(
        .connectionClosed,
        "KILL QUERY was not sent, because the server at the address does not have this session: a proxy is in "
          + "between, or another server has the address"
      )
    }
  }

  private func side(
    at place: Place, of endpoint: MySQLConfiguration.Endpoint, by end: Deadline
  ) async throws(MySQLError) -> (MySQLConnection, SideNumber) {
    let side = state.withLock { state -> Side? in
      state.uses += 1
      if state.isClosed { return nil }
      if let known = state.sides[place] { return known }
      state.lastNumber += 1
      let connection = Task.detached { [configuration] in
        try await MySQLConnection.open(configuration.at(endpoint), nil, to: place.address, as: place.user)
      }
      let side = Side(number: state.lastNumber, connection: connection)
      state.sides[place] = side
      return side
    }
    guard let side else { throw MySQLError(.connectionClosed, "the client was shut down") }
    // An earlier kill may have begun to open it, and this one has less time left, or more.
    let answer = OneShot<MySQLConnection>(
      orElse: MySQLError(.timeout, "the connection for KILL QUERY was not opened in time"))
    Task.detached {
      switch await side.connection.result {
      case .success(let connection): answer.give(.success(connection))
      case .failure(let error):
        self.state.withLock { if $0.sides[place]?.number == side.number { $0.sides[place] = nil } }
        answer.give(.failure(error as? MySQLError ?? MySQLError(.connectionLost, "\(error)")))
      }
    }
    var end = end
    let connection = try await answer.wait(
      by: &end, whenCancelled: MySQLError(.cancelled, "the task was cancelled during a kill"))
    return (connection, side.number)
  }

  /// Closes the connections once nothing has been killed for a while.
  private func closeLater() {
    let uses = state.withLock { state -> Int? in
      if state.isWatched { return nil }
      state.isWatched = true
      return state.uses
    }
    guard let uses else { return }
    EventLoop.shared.call(by: .after(keepTime)) { [weak self] in
      guard let self else { return }
      let idle = state.withLock { state -> [Side] in
        state.isWatched = false
        guard state.uses == uses else { return [] }
        defer { state.sides = [:] }
        return Array(state.sides.values)
      }
      for side in idle { Task.detached { await Self.close(side) } }
      if state.withLock({ !$0.sides.isEmpty }) { closeLater() }
    }
  }
}

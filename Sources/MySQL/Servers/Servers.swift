import Synchronization

/// The servers of a client, each with a pool of its own: carries out what `ServerChoice` decides.
///
/// One lock guards the choice, the pools and the calls that wait. Nothing else is called while it is locked, except
/// pools, which are asked, and told that what they have lent is old.
final class Servers: Sendable {
  let configuration: MySQLConfiguration
  let observer: (any MySQLObserver)?
  /// What the client has written; nil if it reads from nowhere else.
  let positions: PositionRecord?
  let state: Mutex<State>
  /// Opens once the servers are shut down.
  let shutdown = Latch()

  typealias Choice = ServerChoice<SocketAddress?>
  typealias MemberID = Choice.MemberID

  struct State {
    var choice: Choice
    var pools: [MemberID: Pool] = [:]
    /// What members are known to contain of what was written.
    var caughtUp: [MemberID: MySQLPosition] = [:]
    var succession = WriterSuccession()
    /// The pools of former writers, while connections are in use that were lent before they were replaced.
    var formerWriters: [Pool] = []
    /// Why each endpoint did not reply, or is not used, when it was asked last.
    var failures: [Int: MySQLError] = [:]
    /// The calls that wait for a change.
    var waiters: [OneShot<Void>] = []
    /// Pools that are being shut down.
    var leaving: [ObjectIdentifier: Pool] = [:]
    var isFilling = false
    var isShutDown = false
  }

  init(_ configuration: MySQLConfiguration, _ observer: (any MySQLObserver)?) {
    self.configuration = configuration
    self.observer = observer
    let usesReplicas = configuration.target == .preferReplica
    positions = usesReplicas && configuration.readYourWrites ? PositionRecord() : nil
    let weights = configuration.endpoints.indices.map { configuration.weight(ofEndpoint: $0) }
    let choice = Choice(
      weights: weights, balance: configuration.loadBalance, tellsApart: configuration.target != .any)
    state = Mutex(State(choice: choice))
    if !asksRoles { assumeAll() }
  }

  /// Whether it matters what a server is.
  var asksRoles: Bool { configuration.target != .any }

  /// Makes each endpoint a member that serves, until it turns out not to.
  private func assumeAll() {
    for number in configuration.endpoints.indices {
      change { $0.choice.assume(ServerRole(.writable), of: nil, at: number) }
    }
  }

  /// Lets the choice take a step, and does what it says.
  func change(_ step: (inout State) -> [Choice.Action]) {
    var evicted: [Pool] = []
    var removed: [Pool] = []
    var filled: [Pool] = []
    let waiters = state.withLock { state -> [OneShot<Void>] in
      for action in state.takeStep(step) {
        switch action {
        case .add(let id, let endpoint, let address):
          if state.isShutDown { continue }
          let pool = pool(for: id, at: endpoint, address)
          state.pools[id] = pool
          if state.isFilling { filled.append(pool) }
        case .evict(let id):
          state.caughtUp[id] = nil
          if let pool = state.pools[id] { evicted.append(pool) }
        case .remove(let id):
          state.caughtUp[id] = nil
          guard let pool = state.pools.removeValue(forKey: id) else { continue }
          state.leaving[ObjectIdentifier(pool)] = pool
          removed.append(pool)
        }
      }
      defer { state.waiters = [] }
      return state.waiters
    }
    for pool in evicted { pool.evict() }
    for pool in removed { leave(pool) }
    for pool in filled { pool.fill() }
    for waiter in waiters { waiter.give(.success(())) }
  }

  private func pool(for id: MemberID, at endpoint: Int, _ address: SocketAddress?) -> Pool {
    let watch = ServerWatch(positions: positions) { [weak self] error in self?.note(error, of: id) }
    let server = PooledServer(address: address, asksRole: asksRoles, watch: watch) { [weak self] role in
      self?.change { $0.choice.admitted(id, as: role, at: Platform.uptime) }
    }
    return Pool(settings(at: configuration.endpoints[endpoint]), observer, of: server)
  }

  /// The settings for one server. Where it matters what a server is, no server sends the client to another one.
  func settings(at endpoint: MySQLConfiguration.Endpoint) -> MySQLConfiguration {
    var settings = configuration.at(endpoint)
    if asksRoles { settings.followsRedirection = false }
    return settings
  }

  private func leave(_ pool: Pool) {
    Task.detached {
      await pool.shutDown(within: .seconds(10))
      self.state.withLock { $0.leaving[ObjectIdentifier(pool)] = nil }
    }
  }

  /// Notes the error of a command.
  private func note(_ error: MySQLError, of id: MemberID) {
    if error.isServersState {
      change { $0.choice.failed(id, at: Platform.uptime) }
      askDue()
      return
    }
    let isInCluster = state.withLock { $0.choice.members[id]?.role?.cluster != nil }
    // Only in a cluster is a deadlock a sign of anything else.
    if error.server?.code != .lockDeadlock || isInCluster { doubt(id) }
  }
}

extension Servers.State {
  /// Lets the choice take a step. If that replaces the writer, notes which connections it has lent.
  fileprivate mutating func takeStep(
    _ step: (inout Self) -> [Servers.Choice.Action]
  ) -> [Servers.Choice.Action] {
    let former = choice.writer
    let pool = former.flatMap { pools[$0] }
    let actions = step(&self)
    if let pool, choice.writer != former {
      pool.closeReturned()
      formerWriters.append(pool)
      formerWriters.removeAll { !$0.hasOldLeases }
    }
    return actions
  }

  /// Notes that a connection to the writer is to be lent, and returns what has to be done before.
  mutating func lendWriter(_ id: Servers.MemberID) -> WriterSuccession.Wait? {
    formerWriters.removeAll { !$0.hasOldLeases }
    return succession.lend(id, isAlone: formerWriters.isEmpty)
  }
}

import Synchronization

/// The connections of a client: carries out what `PoolState` decides.
///
/// One lock guards the machine, the connections by their number, and the waiters. No foreign code runs while it is
/// locked.
final class Pool: ConnectionSource {
  let configuration: MySQLConfiguration
  let observer: (any MySQLObserver)?
  /// Nil if the client has only one server.
  let server: PooledServer?
  let killer: StatementKiller
  /// The setting `idleCheck`.
  let idleCheck: Nanoseconds?
  let state: Mutex<State>
  /// Opens once the pool is shut down and nothing is left of it.
  let end = Latch()

  struct State {
    var machine: PoolState<LeaseHolder>
    var connections: [Int: MySQLConnection] = [:]
    var waiters: [Int: Waiter] = [:]
    var nextWaiter = 0
    /// Why the last attempt to connect failed.
    var failure: MySQLError?
    /// When the loop will raise the alarm.
    var armed: Nanoseconds?
    var dials: [Int: Task<Void, Never>] = [:]
    /// Connections that are saying goodbye.
    var closing: [ObjectIdentifier: MySQLConnection] = [:]

    var isOver: Bool { machine.isShutDown && machine.total == 0 && closing.isEmpty }
  }

  typealias Waiter = UnsafeContinuation<Outcome, Never>

  enum Outcome {
    case leased(Lease)
    case failed(MySQLError)
    /// It waited for too long.
    case timedOut(MySQLError)
  }

  /// What has to be done once the lock is released.
  struct Effects {
    var outcomes: [(Waiter, Outcome)] = []
    var opening: [Int] = []
    var closing: [MySQLConnection] = []
    var alarm: Nanoseconds?
    var isOver = false
  }

  init(
    _ configuration: MySQLConfiguration, _ observer: (any MySQLObserver)?, of server: PooledServer? = nil
  ) {
    self.configuration = configuration
    self.observer = observer
    self.server = server
    killer = StatementKiller(configuration)
    idleCheck = configuration.idleCheck?.nanoseconds
    state = Mutex(State(machine: PoolState(PoolLimits(configuration))))
  }

  /// Lets the machine take a step, and does what it says.
  func change(_ step: (inout State) -> [PoolState<LeaseHolder>.Action]) {
    let effects = state.withLock { state -> Effects in
      var effects = Effects()
      for action in step(&state) { note(action, &state, &effects) }
      if let alarm = state.machine.nextAlarm, alarm < state.armed ?? .max {
        state.armed = alarm
        effects.alarm = alarm
      }
      effects.isOver = state.isOver
      return effects
    }
    carryOut(effects)
  }

  private func note(
    _ action: PoolState<LeaseHolder>.Action, _ state: inout State, _ effects: inout Effects
  ) {
    switch action {
    case .open(let id): effects.opening.append(id)
    case .close(let id):
      guard let connection = state.connections.removeValue(forKey: id) else { return }
      state.closing[ObjectIdentifier(connection)] = connection
      effects.closing.append(connection)
    case .serve(let waiter, let id, let idleTime):
      guard let connection = state.connections[id], let waiter = state.waiters.removeValue(forKey: waiter)
      else { return }
      effects.outcomes.append((waiter, .leased(Lease(connection, id, of: self, idleTime: idleTime))))
    case .fail(let waiter, let failure):
      guard let waiter = state.waiters.removeValue(forKey: waiter) else { return }
      effects.outcomes.append((waiter, outcome(of: failure, state)))
    }
  }

  private func outcome(of failure: PoolState<LeaseHolder>.Failure, _ state: State) -> Outcome {
    switch failure {
    case .timedOut: .timedOut(exhausted(state))
    case .notOpened:
      .failed(state.failure ?? MySQLError(.connectionRefused, "no connection could be opened"))
    case .shutDown: .failed(MySQLError(.connectionClosed, "the client was shut down"))
    case .evicted: .failed(MySQLError(.connectionClosed, "the server is not used now"))
    }
  }

  private func carryOut(_ effects: consuming Effects) {
    for (waiter, outcome) in effects.outcomes { waiter.resume(returning: outcome) }
    for id in effects.opening { open(id) }
    for connection in effects.closing { close(connection) }
    if effects.isOver { end.open() }
    if let alarm = effects.alarm {
      EventLoop.shared.call(by: Deadline(instant: alarm)) { [weak self] in self?.alarm(alarm) }
    }
  }

  private func alarm(_ armed: Nanoseconds) {
    change { state in
      if state.armed == armed { state.armed = nil }
      return state.machine.alarm(at: Platform.uptime)
    }
  }

  private func close(_ connection: MySQLConnection) {
    observer?.pool(.closed)
    Task.detached {
      await connection.close()
      self.change { state in
        state.closing[ObjectIdentifier(connection)] = nil
        return []
      }
    }
  }
}

extension PoolLimits {
  init(_ configuration: MySQLConfiguration) {
    maximum = max(1, configuration.maxConnections)
    minimum = min(max(0, configuration.minConnections), maximum)
    idleTime = configuration.idleTimeout?.nanoseconds
    lifetime = configuration.maxLifetime?.nanoseconds
    acquireTime = configuration.acquireTimeout.nanoseconds
  }
}

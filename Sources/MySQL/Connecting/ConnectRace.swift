/// Which servers are looked up, and which of their addresses are tried, and when: a pure state machine, after RFC 8305.
///
/// Servers come in the order of the settings, and the addresses of each in the order in which they were found. A step is
/// a look-up or an attempt. When it has taken `delay`, the next step begins beside it; when any step fails, at once. A
/// server that has greeted by then gets `patience` for its login. The first attempt that ends in a login wins.
struct ConnectRace {
  /// The time after which the next step begins: what RFC 8305 calls the Connection Attempt Delay.
  static var delay: Duration { .milliseconds(250) }
  /// The further time for a server that has greeted: it is there, and may only be far away. Another one would see a
  /// login that is cut off, and block this host after too many of them.
  static var patience: Duration { .seconds(1) }

  /// An address of a server, by their numbers.
  struct Candidate: Hashable {
    var server: Int
    var address: Int
  }

  enum Event {
    case begun
    /// A server turned out to have this number of addresses.
    case found(server: Int, addresses: Int)
    /// A look-up or an attempt failed. `isFinal`: every other server would give the same answer.
    case failed(isFinal: Bool)
    /// The time of a step, by its number, has passed. `hasGreeted`: it is an attempt, and the server has greeted.
    case alarm(Int, hasGreeted: Bool)
    case won
  }

  enum Action: Equatable {
    case lookUp(server: Int)
    case start(Candidate)
    /// Raise the alarm with this number after this time.
    case setAlarm(Int, after: Duration)
    /// Nothing is left to try.
    case fail
  }

  private enum Server {
    case unknown
    /// Its look-up has begun, or has failed.
    case sought
    case found(addresses: Int, started: Int)
  }

  private var servers: [Server]
  /// The number of steps in progress.
  private var running = 0
  /// The number of the latest step.
  private var step = 0
  /// Whether the latest step still has time for itself.
  private var isPaced = false
  /// Whether the latest step has got the time for a login.
  private var isPatient = false
  /// The server whose look-up is the latest step.
  private var sought: Int?
  private var isOver = false

  init(servers count: Int) {
    servers = Array(repeating: .unknown, count: count)
  }

  mutating func receive(_ event: Event) -> [Action] {
    guard !isOver else { return [] }
    switch event {
    case .begun: return nextStep()
    case .found(let server, let count):
      running -= 1
      servers[server] = .found(addresses: count, started: 0)
      // If the race has gone on without it, it waits for its turn, in which it comes first.
      return sought == server || !isPaced ? nextStep() : []
    case .failed(let isFinal):
      running -= 1
      return isFinal ? end() : nextStep()
    case .alarm(let number, let hasGreeted):
      guard number == step else { return [] }
      guard hasGreeted, !isPatient else { return nextStep() }
      isPatient = true
      return [.setAlarm(step, after: Self.patience)]
    case .won:
      isOver = true
      return []
    }
  }

  private mutating func nextStep() -> [Action] {
    sought = nil
    for (number, server) in servers.enumerated() {
      guard case .found(let count, let started) = server, started < count else { continue }
      servers[number] = .found(addresses: count, started: started + 1)
      return begin(.start(Candidate(server: number, address: started)))
    }
    for (number, server) in servers.enumerated() {
      guard case .unknown = server else { continue }
      servers[number] = .sought
      sought = number
      return begin(.lookUp(server: number))
    }
    isPaced = false
    return running == 0 ? end() : []
  }

  private mutating func begin(_ action: Action) -> [Action] {
    running += 1
    step += 1
    isPaced = true
    isPatient = false
    return [action, .setAlarm(step, after: Self.delay)]
  }

  private mutating func end() -> [Action] {
    isOver = true
    return [.fail]
  }
}

/// Which servers are looked up, and which of their addresses are tried, and when: a pure state machine, after RFC 8305.
///
/// Servers come in the order of the settings, and the addresses of each in the order in which they were found. A step is
/// a look-up or an attempt. When it has taken `delay`, the next step begins beside it; when any step fails, at once. The
/// first attempt that ends in a login wins.
struct ConnectRace {
  /// The time after which the next step begins: what RFC 8305 calls the Connection Attempt Delay.
  static var delay: Duration { .milliseconds(250) }

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
    /// The time of a step, by its number, has passed.
    case alarm(Int)
    case won
  }

  enum Action: Equatable {
    case lookUp(server: Int)
    case start(Candidate)
    /// Raise the alarm with this number after `delay`.
    case setAlarm(Int)
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
    case .alarm(let number): return number == step ? nextStep() : []
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
    return [action, .setAlarm(step)]
  }

  private mutating func end() -> [Action] {
    isOver = true
    return [.fail]
  }
}

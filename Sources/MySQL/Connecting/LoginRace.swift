/// Logs in at the first of several addresses that lets this client in: does what `ConnectRace` decides.
///
/// Each look-up and each attempt is a task, and so is each alarm. Those that are left when the race is over are cancelled,
/// and their sockets closed.
struct LoginRace {
  private let destinations: [Destination]
  /// The addresses of the only destination, if they are known.
  private let known: [SocketAddress]
  private var addresses: [[SocketAddress]]
  private var failures: [[(place: String, failure: ConnectFailure)]]
  private var machine: ConnectRace
  /// The latest step, if that is an attempt.
  private var latest: Attempt?
  private var deadline: Deadline
  private var outcome: Result<Admission, MySQLError>?

  /// What has happened in one of the tasks.
  private struct Report: Sendable {
    let news: News
    /// The deadline, extended by the time in which the task was kept waiting by this program.
    let deadline: Deadline
    let moment: Deadline
  }

  /// The deadline of a task, extended by the time until the task has a thread.
  private struct Clock: Sendable {
    private let limit: Deadline
    private let start = Deadline.now

    init(_ limit: Deadline) { self.limit = limit }

    var deadline: Deadline {
      var deadline = limit
      deadline.excludeTime(since: start)
      return deadline
    }
  }

  private enum News: Sendable {
    case found([SocketAddress], server: Int)
    case failed(ConnectFailure, server: Int, SocketAddress?)
    case admitted(Admission)
    case alarm(Int)
  }

  /// - Parameter known: The addresses of the only destination. Those of several are looked up.
  static func run(
    _ destinations: [Destination], known: [SocketAddress] = [], by deadline: inout Deadline
  ) async throws(MySQLError) -> Admission {
    var race = LoginRace(destinations, known, deadline)
    let result = await withTaskGroup(of: Report.self) { group in await race.run(in: &group) }
    deadline = race.deadline
    return try result.get()
  }

  private init(_ destinations: [Destination], _ known: [SocketAddress], _ deadline: Deadline) {
    self.destinations = destinations
    self.known = known
    addresses = Array(repeating: [], count: destinations.count)
    failures = Array(repeating: [], count: destinations.count)
    machine = ConnectRace(servers: destinations.count)
    self.deadline = deadline
  }

  private mutating func run(in group: inout TaskGroup<Report>) async -> Result<Admission, MySQLError> {
    carryOut(machine.receive(.begun), in: &group)
    while outcome == nil, let report = await group.next() {
      // The time until this task resumed is not the fault of those that have not begun yet.
      deadline = max(deadline, report.deadline)
      deadline.excludeTime(since: report.moment)
      carryOut(note(report.news), in: &group)
    }
    group.cancelAll()
    while let report = await group.next() {
      if case .admitted(let second) = report.news { await second.leave() }
    }
    return outcome ?? .failure(failure)
  }

  private mutating func note(_ news: News) -> [ConnectRace.Action] {
    switch news {
    case .found(let found, let server):
      addresses[server] = found
      return machine.receive(.found(server: server, addresses: found.count))
    case .failed(let failure, let server, let address):
      if failure.isFinal { outcome = .failure(error(of: failure, at: server)) }
      failures[server].append((place(of: address, server), failure))
      return machine.receive(.failed(isFinal: failure.isFinal))
    case .admitted(let admission):
      outcome = .success(admission)
      return machine.receive(.won)
    case .alarm(let number):
      return machine.receive(.alarm(number, hasGreeted: latest?.hasGreeted ?? false))
    }
  }

  private mutating func carryOut(_ actions: [ConnectRace.Action], in group: inout TaskGroup<Report>) {
    for action in actions {
      switch action {
      case .lookUp(let server): lookUp(server, in: &group)
      case .start(let candidate): start(candidate, in: &group)
      case .setAlarm(let number, let delay):
        let (deadline, end) = (deadline, Deadline.after(delay))
        group.addTask {
          try? await Task.sleep(for: end.remaining)
          return Report(news: .alarm(number), deadline: deadline, moment: end)
        }
      case .fail: outcome = outcome ?? .failure(failure)
      }
    }
  }

  private mutating func lookUp(_ server: Int, in group: inout TaskGroup<Report>) {
    let (endpoint, known, clock) = (destinations[server].endpoint, known, Clock(deadline))
    latest = nil
    group.addTask {
      var deadline = clock.deadline
      let news: News
      do throws(MySQLError) {
        var found = known
        if found.isEmpty { found = try await Resolver.addresses(of: endpoint, by: &deadline) }
        news = .found(found, server: server)
      } catch {
        news = .failed(.notFound(error), server: server, nil)
      }
      return Report(news: news, deadline: deadline, moment: .now)
    }
  }

  private mutating func start(_ candidate: ConnectRace.Candidate, in group: inout TaskGroup<Report>) {
    let destination = destinations[candidate.server]
    let address = addresses[candidate.server][candidate.address]
    let (clock, attempt) = (Clock(deadline), Attempt())
    latest = attempt
    group.addTask {
      var deadline = clock.deadline
      let news: News
      do throws(ConnectFailure) {
        if deadline.hasPassed { throw .notTried }
        news = .admitted(try await destination.logIn(at: address, by: &deadline, as: attempt))
      } catch {
        news = .failed(error, server: candidate.server, address)
      }
      return Report(news: news, deadline: deadline, moment: .now)
    }
  }

  /// The error that says why each address failed.
  private var failure: MySQLError {
    MySQLError(
      connectingTo: destinations.map(\.endpoint.text).joined(separator: ", "), failures.flatMap(\.self))
  }

  /// Returns the error that has ended the race. Of several servers, it names the one that it is from.
  private func error(of failure: ConnectFailure, at server: Int) -> MySQLError {
    guard var error = failure.error else { return self.failure }
    if destinations.count > 1, [.authentication, .tls, .server].contains(error.kind) {
      let note = "this was at \(destinations[server].endpoint.text), and no other server is tried after it"
      error.message = error.message.isEmpty ? note : "\(error.message); \(note)"
    }
    return error
  }

  /// Returns how a message names an address. Several servers may differ only in their ports.
  private func place(of address: SocketAddress?, _ server: Int) -> String {
    let endpoint = destinations[server].endpoint
    guard let address else { return endpoint.text }
    if destinations.count == 1 { return address.text }
    return endpoint.host == address.text ? endpoint.text : "\(endpoint.text) at \(address.text)"
  }
}

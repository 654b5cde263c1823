import MySQLWire

/// Which of a client's servers a call goes to, and which of them are asked what they are: a pure state machine.
///
/// - An endpoint is asked when nothing is known of it yet, and after a sign that something has changed. Each of its
///   addresses is a member. What the member says it is, it is until it is asked again.
/// - One member at a time is the writer. It stays that as long as it accepts writes. Of several that do, the first in the
///   settings becomes it. Others that accept writes are read from only if they are members of a cluster: elsewhere, they
///   may be former primaries that nobody has told.
/// - A member that failed or refused gets nothing until it has been asked again: at once, and then twice as long after each
///   failure, up to a second. So is a member that replies but serves nothing: one that is not ready, or that accepts
///   writes while another one is the writer.
/// - While no writer is known, endpoints are asked again each `pace`, as long as somebody waits.
struct ServerChoice<Address: Hashable & Sendable>: Sendable {
  typealias MemberID = Int

  /// What a call needs.
  enum Need: Sendable, Hashable {
    case any
    case writer
    case replica
    /// A replica, or the writer where there is none.
    case preferablyReplica
  }

  /// What an endpoint's address has said.
  enum Reply: Sendable, Hashable {
    case role(ServerRole)
    case failed
  }

  enum Choice: Equatable {
    case use(MemberID)
    /// Nothing yet: look again when something has changed, or at this moment.
    case wait(until: Nanoseconds?)
  }

  enum Action: Equatable {
    case add(MemberID, endpoint: Int, Address)
    /// Close the connections to a member, which is still there or may come back.
    case evict(MemberID)
    /// Close the pool of a member that is gone.
    case remove(MemberID)
  }

  struct Member: Sendable {
    let endpoint: Int
    let address: Address
    /// Nil until it has been asked, and from a failure on.
    var role: ServerRole?
    /// Until when it counts as too slow for what was written.
    var lagEnd: Nanoseconds = .min
    /// Its share that is outstanding, for turns.
    var credit = 0

    var isReady: Bool {
      switch role?.access {
      case .writable, .readOnly: true
      case .notReady, nil: false
      }
    }
  }

  struct Endpoint: Sendable {
    let weight: Int
    var members: [MemberID] = []
    var isAsked = false
    /// When a reply, or a failure, came last.
    var settled: Nanoseconds?
    var backOff = BackOff()
    /// When it is to be asked; nil if there is no reason.
    var due: Nanoseconds?
  }

  /// How long the first replies are waited for: those of replicas, and of servers that come earlier in the settings.
  static var patience: Nanoseconds { 250_000_000 }
  /// How often endpoints are asked while the writer is missing.
  static var pace: Nanoseconds { 100_000_000 }
  /// How long a replica that did not catch up is left out.
  static var lagTime: Nanoseconds { 1_000_000_000 }

  let balance: MySQLConfiguration.LoadBalance
  /// Whether it matters what a member is. Otherwise, each that replies serves.
  let tellsApart: Bool
  var endpoints: [Endpoint]
  var members: [MemberID: Member] = [:]
  private(set) var writer: MemberID?
  private var nextID: MemberID = 0
  /// When endpoints were asked for the first time.
  private var start: Nanoseconds?
  /// Whether any server has ever replied.
  private(set) var hasReached = false
  var random: any RandomNumberGenerator & Sendable

  /// - Parameters:
  ///   - weights: Of each endpoint.
  ///   - tellsApart: Whether it matters what a member is.
  init(
    weights: [Int], balance: MySQLConfiguration.LoadBalance, tellsApart: Bool = true,
    random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
  ) {
    self.balance = balance
    self.tellsApart = tellsApart
    self.random = random
    endpoints = weights.map { Endpoint(weight: $0, due: .min) }
  }

  // MARK: What happens

  /// Makes an address a member that serves, without being asked, until it turns out not to.
  mutating func assume(_ role: ServerRole, of address: Address, at number: Int) -> [Action] {
    endpoints[number].due = nil
    let id = add(address, to: number)
    members[id]?.role = role
    return [.add(id, endpoint: number, address)]
  }

  /// Returns the endpoints that are to be asked now, and notes that they are.
  mutating func takeDue(at now: Nanoseconds) -> [Int] {
    let due = endpoints.indices.filter { endpoints[$0].isDue(at: now) }
    for endpoint in due {
      endpoints[endpoint].isAsked = true
      endpoints[endpoint].due = nil
    }
    if !due.isEmpty, start == nil { start = now }
    return due
  }

  /// Notes what an endpoint's addresses have said; none if it has no address.
  mutating func asked(_ number: Int, _ replies: [(Address, Reply)], at now: Nanoseconds) -> [Action] {
    var actions: [Action] = []
    let gone = endpoints[number].members.filter { id in
      !replies.isEmpty && !replies.contains { $0.0 == members[id]?.address }
    }
    for id in gone { actions += remove(id) }
    for (address, reply) in replies {
      let known = endpoints[number].members.first { members[$0]?.address == address }
      switch reply {
      case .role(let role):
        hasReached = true
        let id = known ?? add(address, to: number)
        if known == nil { actions.append(.add(id, endpoint: number, address)) }
        actions += set(role, of: id)
      case .failed:
        // Its failure must not hide that it is there: another call may reach it.
        if let known { actions += set(nil, of: known) }
      }
    }
    if replies.isEmpty { for id in endpoints[number].members { actions += set(nil, of: id) } }
    endpoints[number].isAsked = false
    endpoints[number].settled = now
    elect(at: now)
    if replies.isEmpty || replies.contains(where: { $0.1 == .failed })
      || !endpoints[number].members.allSatisfy(serves)
    {
      endpoints[number].backOff.failed(at: now, using: &random)
      endpoints[number].due = endpoints[number].backOff.end
    } else {
      // A sign that came while it was asked stays: the reply may be older.
      endpoints[number].backOff.succeeded()
    }
    return actions
  }

  /// Notes what the server of a new connection says it is.
  mutating func admitted(_ id: MemberID, as role: ServerRole, at now: Nanoseconds) -> [Action] {
    guard let known = members[id]?.role, known != role else { return [] }
    let actions = set(role, of: id)
    askAll(at: now)
    elect(at: now)
    return actions
  }

  /// Notes that a member could not be connected to, or refused statements because of what it is now.
  mutating func failed(_ id: MemberID, at now: Nanoseconds) -> [Action] {
    guard let member = members[id] else { return [] }
    if id == writer { askAll(at: now) }
    endpoints[member.endpoint].settled = now
    endpoints[member.endpoint].due = max(now, endpoints[member.endpoint].backOff.end ?? .min)
    return set(nil, of: id)
  }

  /// Notes a sign that a member may have changed or gone. It is used until it has been asked.
  mutating func doubted(_ id: MemberID, at now: Nanoseconds) {
    if let member = members[id] { ask(member.endpoint, at: now) }
  }

  /// Notes that a replica did not catch up in time.
  mutating func lagged(_ id: MemberID, at now: Nanoseconds) {
    members[id]?.lagEnd = now.adding(Self.lagTime)
  }

  // MARK: Members

  private mutating func add(_ address: Address, to number: Int) -> MemberID {
    nextID += 1
    members[nextID] = Member(endpoint: number, address: address)
    endpoints[number].members.append(nextID)
    return nextID
  }

  private mutating func remove(_ id: MemberID) -> [Action] {
    guard let member = members.removeValue(forKey: id) else { return [] }
    endpoints[member.endpoint].members.removeAll { $0 == id }
    if writer == id { writer = nil }
    return [.remove(id)]
  }

  /// - Parameter role: Nil if the member does not serve, or is not believed any more.
  private mutating func set(_ role: ServerRole?, of id: MemberID) -> [Action] {
    guard let old = members[id]?.role else {
      members[id]?.role = role
      return []
    }
    members[id]?.role = role
    if writer == id, role?.access != .writable { writer = nil }
    return role?.access == old.access ? [] : [.evict(id)]
  }

  /// Whether a member is used for anything.
  private func serves(_ id: MemberID) -> Bool {
    guard let role = members[id]?.role else { return false }
    return switch role.access {
    case .writable: !tellsApart || id == writer || role.cluster != nil
    case .readOnly: true
    case .notReady: false
    }
  }

  /// Makes a member the writer if there is none.
  mutating func elect(at now: Nanoseconds) {
    guard writer == nil else { return }
    let candidates = readyMembers.filter { members[$0]?.role?.access == .writable }
    guard let first = candidates.first(where: { weight(of: $0) > 0 }) ?? candidates.first,
      let member = members[first]
    else { return }
    let isFirst = endpoints[..<member.endpoint].allSatisfy { $0.settled != nil }
    if isFirst || beginningEnd(at: now) == nil { writer = first }
  }

  /// Until when first replies are waited for, if there are any to come.
  func beginningEnd(at now: Nanoseconds) -> Nanoseconds? {
    guard let end = start?.adding(Self.patience), now < end else { return nil }
    return endpoints.contains { $0.settled == nil } ? end : nil
  }

  // MARK: Asking

  /// Arranges for an endpoint to be asked: soon, if it has replied just now.
  private mutating func ask(_ number: Int, at now: Nanoseconds) {
    let earliest = endpoints[number].settled.map { $0.adding(Self.pace) } ?? now
    endpoints[number].due = max(now, endpoints[number].backOff.end ?? earliest)
  }

  private mutating func askAll(at now: Nanoseconds) {
    for number in endpoints.indices { ask(number, at: now) }
  }
}

extension ServerChoice.Endpoint {
  fileprivate func isDue(at now: Nanoseconds) -> Bool { !isAsked && due.map { $0 <= now } ?? false }
}

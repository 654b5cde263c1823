/// The connections of a pool, their holders and its waiters, as a pure state machine. Each event returns what to do.
///
/// - A connection is being opened, idle or leased; all together there are never more than `maximum`.
/// - Waiters are served in the order in which they came. No later caller is served before them.
/// - The connection that was used last is lent first, so that spare ones grow old and are closed.
/// - Connections are opened only for waiters, and to keep `minimum`. After a failure the next attempt waits, twice as
///   long each time.
/// - A failed attempt fails the waiters that were there when it began, unless other connections are open and the
///   server refused only because it has too many.
/// - A connection is lent only while it is young: past its lifetime it is closed when it comes back.
struct PoolState<Holder: Sendable>: Sendable {
  let limits: PoolLimits
  private(set) var isShutDown = false
  private var slots: [ConnectionID: Slot] = [:]
  /// The idle connections, the most recently used one last.
  private var idle: [ConnectionID] = []
  private var queue = PoolQueue<Holder>()
  private(set) var opening = 0
  private(set) var leased = 0
  private var nextID: ConnectionID = 0
  private var backOff = BackOff()
  /// When idle connections are next looked at.
  private var sweep: Nanoseconds?
  private var random: any RandomNumberGenerator & Sendable

  typealias ConnectionID = Int
  typealias WaiterID = Int

  enum Action: Equatable {
    case open(ConnectionID)
    case close(ConnectionID)
    case serve(WaiterID, ConnectionID, idleFor: Nanoseconds)
    case fail(WaiterID, Failure)
  }

  enum Failure: Equatable {
    case timedOut
    case notOpened
    case shutDown
    case evicted
  }

  private struct Slot {
    var use: Use
    /// When the connection is too old to be lent again.
    var expiry = Nanoseconds.max
    /// Whether it was lent before `closeReturned`.
    var isOld = false
  }

  private enum Use {
    case opening(since: Nanoseconds)
    case idle(since: Nanoseconds)
    case leased(Holder, since: Nanoseconds)
    /// Leased, and lost meanwhile.
    case lost(Holder, since: Nanoseconds)
  }

  init(_ limits: PoolLimits, random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
    self.limits = limits
    self.random = random
  }

  var total: Int { slots.count }
  var idleCount: Int { idle.count }
  var waiting: Int { queue.count }

  func isIdle(_ id: ConnectionID) -> Bool {
    if case .idle = slots[id]?.use { true } else { false }
  }

  private func isInUse(_ id: ConnectionID) -> Bool {
    switch slots[id]?.use {
    case .leased, .lost: true
    case .opening, .idle, nil: false
    }
  }

  func isOpening(_ id: ConnectionID) -> Bool {
    if case .opening = slots[id]?.use { true } else { false }
  }

  /// Whether connections are in use that were lent before `closeReturned`.
  var hasOldLeases: Bool { slots.values.contains(where: \.isOld) }

  /// The holders of connections, and since when they have held them.
  var holders: [(holder: Holder, since: Nanoseconds)] {
    slots.values.compactMap { slot in
      switch slot.use {
      case .leased(let holder, let since), .lost(let holder, let since): (holder, since)
      case .opening, .idle: nil
      }
    }
  }

  /// Lends an idle connection at once; nil if the caller has to wait.
  mutating func leaseNow(
    to holder: Holder, at now: Nanoseconds
  ) -> (id: ConnectionID, idleFor: Nanoseconds)? {
    guard queue.isEmpty, !isShutDown, let id = idle.popLast() else { return nil }
    return (id, lend(id, to: holder, at: now))
  }

  /// Notes that a caller waits for a connection.
  mutating func wait(_ waiter: WaiterID, for holder: Holder, at now: Nanoseconds) -> [Action] {
    if isShutDown { return [.fail(waiter, .shutDown)] }
    // One may have come back since the caller looked.
    if let (id, idleFor) = leaseNow(to: holder, at: now) { return [.serve(waiter, id, idleFor: idleFor)] }
    queue.append(waiter, holder, since: now)
    return open(at: now)
  }

  /// Removes a waiter that gives up. Returns false if it was served or failed before.
  mutating func cancel(_ waiter: WaiterID) -> Bool { queue.remove(waiter) }

  mutating func opened(_ id: ConnectionID, at now: Nanoseconds) -> [Action] {
    guard case .opening = slots[id]?.use else { return [] }
    opening -= 1
    backOff.succeeded()
    guard !isShutDown else {
      slots[id] = nil
      return [.close(id)]
    }
    let expiry = expiry(from: now)
    slots[id]?.expiry = expiry
    return release(id, at: now) + open(at: now)
  }

  /// Notes that an attempt to open a connection has failed.
  ///
  /// - Parameter isForWantOfRoom: Whether the server has too many connections: then waiters can use one that comes
  ///   back.
  mutating func notOpened(
    _ id: ConnectionID, isForWantOfRoom: Bool, at now: Nanoseconds
  ) -> [Action] {
    guard case .opening(let start) = slots[id]?.use else { return [] }
    slots[id] = nil
    opening -= 1
    backOff.failed(at: now, using: &random)
    if isForWantOfRoom, leased + idle.count > 0 { return [] }
    return queue.removeAll(waitingSince: start).map { .fail($0, .notOpened) }
  }

  /// Takes a connection back. It is lent again only if its session is clean, or will be before the next statement.
  mutating func returned(_ id: ConnectionID, isUsable: Bool, at now: Nanoseconds) -> [Action] {
    guard let slot = slots[id] else { return [] }
    var isLost = !isUsable
    switch slot.use {
    case .leased: break
    case .lost: isLost = true
    case .opening, .idle: return []
    }
    leased -= 1
    if isLost || isShutDown || slot.expiry <= now {
      slots[id] = nil
      return [.close(id)] + open(at: now)
    }
    return release(id, at: now)
  }

  /// Notes that a connection was closed, by the server or the network.
  mutating func lost(_ id: ConnectionID, at now: Nanoseconds) -> [Action] {
    switch slots[id]?.use {
    case .idle:
      slots[id] = nil
      idle.removeAll { $0 == id }
      return [.close(id)] + open(at: now)
    case .leased(let holder, let since): slots[id]?.use = .lost(holder, since: since)
    case .opening, .lost, nil: break
    }
    return []
  }

  /// Handles everything that is due: late waiters, old connections, the next attempt to connect.
  mutating func alarm(at now: Nanoseconds) -> [Action] {
    if isShutDown { return [] }
    let late = queue.removeAll(waitingSince: now - limits.acquireTime)
    var actions = late.map { Action.fail($0, .timedOut) }
    if let sweep, sweep <= now {
      self.sweep = nil
      actions += closeOld(at: now)
    }
    return actions + open(at: now)
  }

  /// When `alarm` is to be called next; nil for never.
  var nextAlarm: Nanoseconds? {
    if isShutDown { return nil }
    let patience = queue.first.map { $0.adding(limits.acquireTime) }
    let retry = wanted > 0 ? backOff.end : nil
    return [patience, retry, sweep].compactMap(\.self).min()
  }

  /// Opens as many connections as should be kept.
  mutating func fill(at now: Nanoseconds) -> [Action] { open(at: now) }

  /// Has the connections that are in use now closed when they come back.
  mutating func closeReturned(at now: Nanoseconds) {
    for id in slots.keys where isInUse(id) {
      slots[id]?.expiry = now
      slots[id]?.isOld = true
    }
  }

  /// Fails all waiters and closes all connections, those in use when they come back. New ones may be opened.
  mutating func evict(at now: Nanoseconds) -> [Action] {
    let waiters = queue.removeAll(waitingSince: .max)
    let closing = idle
    idle = []
    for id in closing { slots[id] = nil }
    for id in slots.keys where isInUse(id) { slots[id]?.expiry = now }
    return waiters.map { .fail($0, .evicted) } + closing.map { .close($0) }
  }

  /// Fails all waiters and closes all idle connections. The rest are closed when they come back.
  mutating func shutDown() -> [Action] {
    guard !isShutDown else { return [] }
    isShutDown = true
    let waiters = queue.removeAll(waitingSince: .max)
    let closing = idle
    idle = []
    for id in closing { slots[id] = nil }
    return waiters.map { .fail($0, .shutDown) } + closing.map { .close($0) }
  }

  /// Gives up the connections that have not come back since the shutdown. What their holders return later is ignored.
  mutating func forgetLeased() -> [Action] {
    guard isShutDown else { return [] }
    let leasedIDs = slots.keys.filter(isInUse)
    for id in leasedIDs { slots[id] = nil }
    leased = 0
    return leasedIDs.map { .close($0) }
  }

  private mutating func lend(_ id: ConnectionID, to holder: Holder, at now: Nanoseconds) -> Nanoseconds {
    var idleFor: Nanoseconds = 0
    if case .idle(let since) = slots[id]?.use { idleFor = now - since }
    slots[id]?.use = .leased(holder, since: now)
    leased += 1
    return idleFor
  }

  /// Gives a connection to the first waiter, or keeps it.
  private mutating func release(_ id: ConnectionID, at now: Nanoseconds) -> [Action] {
    if let (waiter, holder) = queue.popFirst() {
      _ = lend(id, to: holder, at: now)
      return [.serve(waiter, id, idleFor: 0)]
    }
    slots[id]?.use = .idle(since: now)
    idle.append(id)
    if sweep == nil, let interval = limits.sweepInterval { sweep = now.adding(interval) }
    return []
  }

  /// How many connections should be opened.
  private var wanted: Int {
    let room = min(limits.maximum - total, limits.dials - opening)
    let need = max(queue.count - opening, limits.minimum - total)
    return isShutDown ? 0 : min(room, need)
  }

  private mutating func open(at now: Nanoseconds) -> [Action] {
    guard wanted > 0, backOff.isOver(at: now) else { return [] }
    // After a failure one attempt shows whether the server is back.
    let count = backOff.isTrying ? (opening == 0 ? 1 : 0) : wanted
    return (0..<count).map { _ in
      nextID += 1
      slots[nextID] = Slot(use: .opening(since: now))
      opening += 1
      return .open(nextID)
    }
  }

  /// Closes connections that are too old, and those that were idle for too long while more than `minimum` are left.
  private mutating func closeOld(at now: Nanoseconds) -> [Action] {
    var spare = total - limits.minimum
    let closing = idle.filter { id in
      guard let slot = slots[id], case .idle(let since) = slot.use else { return false }
      if slot.expiry <= now {
        spare -= 1
        return true
      }
      guard let idleTime = limits.idleTime, now - since >= idleTime, spare > 0 else { return false }
      spare -= 1
      return true
    }
    for id in closing { slots[id] = nil }
    if !closing.isEmpty { idle.removeAll { slots[$0] == nil } }
    if !idle.isEmpty, let interval = limits.sweepInterval { sweep = now.adding(interval) }
    return closing.map { .close($0) }
  }

  /// Up to a tenth earlier than the lifetime, so that connections opened together do not end together.
  private mutating func expiry(from now: Nanoseconds) -> Nanoseconds {
    guard let lifetime = limits.lifetime else { return .max }
    let jitter = lifetime / 10
    return now.adding(lifetime - (jitter > 0 ? Nanoseconds.random(in: 0...jitter, using: &random) : 0))
  }
}

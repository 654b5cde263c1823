import MySQLTesting
import Testing

@testable import MySQL

/// A million random events on a simulated clock, checked against a model that knows the invariants. Under a sanitizer,
/// which has little to find in a machine without threads and pointers, it is a tenth of that.
@Suite(.busy) struct PoolSimulationTests {
  @Test(arguments: [1, 2, 3, 4])
  func holdsItsPromisesThroughAMillionEvents(seed: UInt64) {
    var model = PoolModel(seed: seed)
    let events = Sanitizer.current == nil ? 250_000 : 25_000
    for _ in 0..<events { model.step() }
    model.settle()
    #expect(model.served > events / 25)
  }
}

/// A model of what a pool may do. It also makes up random events for one.
private struct PoolModel {
  private var random: SeededGenerator
  private var pool: PoolState<Int>
  private var now: Nanoseconds = 0
  private var opening: Set<Int> = []
  private var idle: Set<Int> = []
  private var leased: Set<Int> = []
  /// In order of arrival.
  private var waiting: [Int] = []
  private var lastWaiter = 0
  private(set) var served = 0

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    var limits = PoolLimits()
    limits.maximum = 1 + Int.random(in: 0..<8, using: &random)
    limits.minimum = Int.random(in: 0...limits.maximum / 2, using: &random)
    limits.idleTime = 2_000_000_000
    limits.lifetime = 60_000_000_000
    limits.acquireTime = 1_000_000_000
    pool = PoolState(limits, random: SeededGenerator(seed: seed + 1))
  }

  mutating func step() {
    now += Nanoseconds.random(in: 0..<20_000_000, using: &random)
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<35: ask()
    case 35..<65: giveBack()
    case 65..<85: finishOpening()
    case 85..<90: giveUp()
    case 90..<93: lose()
    default: alarm()
    }
    check()
  }

  /// Runs on until no task waits: in the end, every waiter is served or gets an error.
  mutating func settle() {
    for _ in 0..<10_000 where !(waiting.isEmpty && leased.isEmpty && opening.isEmpty) {
      now += 10_000_000
      giveBack()
      finishOpening()
      alarm()
    }
    #expect(waiting.isEmpty && leased.isEmpty)
  }

  private mutating func ask() {
    lastWaiter += 1
    if let (id, _) = pool.leaseNow(to: lastWaiter, at: now) {
      #expect(waiting.isEmpty, "somebody was served out of turn")
      lend(id)
    } else {
      waiting.append(lastWaiter)
      carryOut(pool.wait(lastWaiter, for: lastWaiter, at: now))
    }
  }

  private mutating func giveBack() {
    guard let id = leased.sorted().randomElement(using: &random) else { return }
    leased.remove(id)
    idle.insert(id)
    carryOut(pool.returned(id, isUsable: Int.random(in: 0..<20, using: &random) > 0, at: now))
  }

  private mutating func finishOpening() {
    guard let id = opening.sorted().randomElement(using: &random) else { return }
    opening.remove(id)
    if Int.random(in: 0..<10, using: &random) == 0 {
      carryOut(pool.notOpened(id, isForWantOfRoom: Bool.random(using: &random), at: now))
    } else {
      idle.insert(id)
      carryOut(pool.opened(id, at: now))
    }
  }

  private mutating func giveUp() {
    guard let waiter = waiting.randomElement(using: &random) else { return }
    let isCancelled = pool.cancel(waiter)
    #expect(isCancelled)
    waiting.removeAll { $0 == waiter }
  }

  private mutating func lose() {
    guard let id = idle.union(leased).sorted().randomElement(using: &random) else { return }
    carryOut(pool.lost(id, at: now))
  }

  private mutating func alarm() { carryOut(pool.alarm(at: now)) }

  private mutating func carryOut(_ actions: [PoolState<Int>.Action]) {
    for action in actions {
      switch action {
      case .open(let id): #expect(opening.insert(id).inserted)
      case .close(let id): #expect(idle.remove(id) != nil, "only what nobody uses is closed")
      case .serve(let waiter, let id, _):
        #expect(waiting.first == waiter, "the first in the queue is served")
        waiting.removeAll { $0 == waiter }
        lend(id)
      case .fail(let waiter, _):
        #expect(waiting.contains(waiter))
        waiting.removeAll { $0 == waiter }
      }
    }
  }

  private mutating func lend(_ id: Int) {
    #expect(idle.remove(id) != nil, "a connection is lent twice")
    leased.insert(id)
    served += 1
  }

  /// Compares everything at once, because this runs a million times.
  private func check() {
    let total = leased.count + idle.count + opening.count
    let seen = [pool.leased, pool.idleCount, pool.opening, pool.waiting, pool.total]
    let isRight =
      seen == [leased.count, idle.count, opening.count, waiting.count, total] && total <= pool.limits.maximum
      && (waiting.isEmpty || idle.isEmpty)
    if !isRight {
      Issue.record("\(seen): leased \(leased), idle \(idle), opening \(opening), waiting \(waiting)")
    }
  }
}

import Synchronization
import Testing

@testable import MySQL

@Suite(.timed) struct CommandGateTests {
  @Test func failsCommandsThatWaitForRowsThatNobodyReads() async throws {
    let gate = CommandGate(patience: .milliseconds(50))
    try await gate.enter()
    let waiter = Task { try await gate.enter() }
    #expect(await wait { gate.waiterCount == 1 })
    gate.setHolder(.unreadRows)
    let error = await failure { try await waiter.value }
    #expect(error?.kind == .misuse && error?.reach == .notSent)
    gate.leave()
    try await gate.enter()
  }

  @Test func admitsCommandsThatWaitForRowsThatAreReadInTime() async throws {
    let gate = CommandGate(patience: .seconds(1))
    try await gate.enter()
    let waiters = (1...20).map { _ in
      Task {
        try await gate.enter()
        gate.setHolder(.unreadRows)
        try? await Task.sleep(for: .milliseconds(60))
        gate.leave()
      }
    }
    #expect(await wait { gate.waiterCount == 20 })
    gate.setHolder(.unreadRows)
    try await Task.sleep(for: .milliseconds(20))
    gate.leave()
    // In total, they wait longer than the gate's patience with a single result.
    for waiter in waiters { try await waiter.value }
  }

  @Test func failsAtOnceWhileRowsAreUnread() async throws {
    let gate = CommandGate()
    try await gate.enter()
    gate.setHolder(.unreadRows)
    let error = await failure { try await gate.enter() }
    #expect(error?.kind == .misuse)
  }
}

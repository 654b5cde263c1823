import Synchronization
import Testing

/// Keeps a test from running along with others that have it: for those that break connections off, and those
/// that count how many the server has seen broken off.
struct OneAtATime: TestTrait, SuiteTrait, TestScoping {
  var isRecursive: Bool { true }

  private static let turns = Turns()

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    // A suite or a test with many cases comes here as well; the cases are what runs.
    guard testCase != nil else { return try await function() }
    await Self.turns.take()
    do { try await function() } catch {
      await Self.turns.give()
      throw error
    }
    await Self.turns.give()
  }

  private actor Turns {
    private var isTaken = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func take() async {
      if isTaken { await withCheckedContinuation { waiters.append($0) } }
      isTaken = true
    }

    func give() {
      isTaken = !waiters.isEmpty
      if !waiters.isEmpty { waiters.removeFirst().resume() }
    }
  }
}

extension Trait where Self == OneAtATime {
  /// The test breaks connections off, or counts those that were.
  static var breaksConnections: Self { OneAtATime() }
}

import MySQL
import Testing

/// Waits until a condition holds, and returns whether it ever did.
func wait(until isSo: () -> Bool) async -> Bool {
  let deadline = ContinuousClock.now + .seconds(10)
  while !isSo(), deadline > .now { try? await Task.sleep(for: .milliseconds(1)) }
  return isSo()
}

extension MySQLConnection {
  /// Checks that the connection is closed, and that a call says so at once and has sent nothing.
  @discardableResult
  func expectClosed(sourceLocation: SourceLocation = #_sourceLocation) async -> MySQLError? {
    #expect(await wait { isClosed }, sourceLocation: sourceLocation)
    let error = await failure(sourceLocation: sourceLocation) { [self] in try await ping() }
    #expect(error?.kind == .connectionClosed, sourceLocation: sourceLocation)
    #expect(error?.reach == .notSent, sourceLocation: sourceLocation)
    return error
  }
}

extension Counter {
  /// Waits until the count stays the same for half a second, and returns it.
  func settled() async throws -> Int {
    var (last, now) = (-1, value)
    while last != now {
      try await Task.sleep(for: .milliseconds(500))
      (last, now) = (now, value)
    }
    return now
  }
}

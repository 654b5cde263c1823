import Testing

/// Expects that what has a deadline ends by it, and at most a tenth of it or 50 ms later. The closure tries it once and
/// returns how long it took.
///
/// A busy machine may hold a task up. What is late three times in a row is late by itself. Under a sanitizer no time is
/// measured.
func expectPunctual(
  _ deadline: Duration, sourceLocation: SourceLocation = #_sourceLocation,
  _ attempt: () async throws -> Duration
) async throws {
  let latest = deadline + max(deadline / 10, .milliseconds(50))
  var all: [Duration] = []
  repeat {
    let taken = try await attempt()
    if taken <= latest || Sanitizer.current != nil { return }
    all.append(taken)
  } while all.count < 3
  Issue.record("late by the deadline of \(deadline): \(all)", sourceLocation: sourceLocation)
}

/// How long the closure takes.
func duration(_ body: () async throws -> Void) async rethrows -> Duration {
  let start = ContinuousClock.now
  try await body()
  return start.duration(to: .now)
}

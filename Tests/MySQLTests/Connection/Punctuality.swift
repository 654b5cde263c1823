import Testing

/// Expects that what has a deadline ends by it, and at most a tenth of it or 50 ms later. The closure tries it once and
/// returns how long it took.
///
/// A busy machine may hold a task up: by how much it holds up tasks that only sleep is forgiven, and what is late ten
/// times in a row is late by itself. Under a sanitizer no time is measured.
func expectPunctual(
  _ deadline: Duration, sourceLocation: SourceLocation = #_sourceLocation,
  _ attempt: () async throws -> Duration
) async throws {
  let latest = deadline + max(deadline / 10, .milliseconds(50))
  var all: [String] = []
  repeat {
    let delays = Task { await longestDelay() }
    let taken: Duration
    do { taken = try await attempt() } catch {
      delays.cancel()
      throw error
    }
    delays.cancel()
    let delay = await delays.value
    if taken <= latest + delay || Sanitizer.current != nil { return }
    all.append("\(taken) where tasks are late by \(delay)")
  } while all.count < 10
  Issue.record("late by the deadline of \(deadline): \(all)", sourceLocation: sourceLocation)
}

/// How long the machine keeps a task from going on, at the worst until this one is cancelled.
private func longestDelay() async -> Duration {
  var longest = Duration.zero
  while !Task.isCancelled {
    let start = ContinuousClock.now
    try? await Task.sleep(for: .milliseconds(5))
    if !Task.isCancelled { longest = max(longest, start.duration(to: .now) - .milliseconds(5)) }
  }
  return longest
}

/// How long the closure takes.
func duration(_ body: () async throws -> Void) async rethrows -> Duration {
  let start = ContinuousClock.now
  try await body()
  return start.duration(to: .now)
}

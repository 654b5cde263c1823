import Testing

/// Expects that an operation with a deadline does not end later than a tenth of the deadline, or 50 ms, after
/// it. The closure makes one attempt and returns how long it took.
///
/// A busy machine may delay a task. Meanwhile, tasks that only sleep measure by how much; that delay is
/// forgiven, once for each of `waits`. An attempt that is late ten times in a row is a failure. Under a sanitizer, no time is measured.
func expectPunctual(
  _ deadline: Duration, waits: Int = 1, sourceLocation: SourceLocation = #_sourceLocation,
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
    if taken <= latest + delay * waits || Sanitizer.current != nil { return }
    all.append("\(taken) where tasks are late by \(delay)")
  } while all.count < 10
  Issue.record("late by the deadline of \(deadline): \(all)", sourceLocation: sourceLocation)
}

/// Returns the longest delay with which the machine resumed a task, measured until this task is cancelled.
private func longestDelay() async -> Duration {
  var longest = Duration.zero
  while !Task.isCancelled {
    let start = ContinuousClock.now
    try? await Task.sleep(for: .milliseconds(5))
    if !Task.isCancelled { longest = max(longest, start.duration(to: .now) - .milliseconds(5)) }
  }
  return longest
}

/// Returns how long the closure takes.
func duration(_ body: () async throws -> Void) async rethrows -> Duration {
  let start = ContinuousClock.now
  try await body()
  return start.duration(to: .now)
}

/// Something did not end in time. It was abandoned.
struct Hang: Error {}

/// Runs the closure, and returns its outcome: `Hang` if it took too long.
func watched(
  _ limit: Duration, _ body: @escaping @Sendable () async throws -> Void
) async -> Result<Void, any Error> {
  let (outcomes, continuation) = AsyncStream<Result<Void, any Error>>.makeStream()
  Task {
    do { continuation.yield(.success(try await body())) } catch { continuation.yield(.failure(error)) }
  }
  let clock = Task {
    try? await Task.sleep(for: limit)
    continuation.yield(.failure(Hang()))
  }
  defer { clock.cancel() }
  for await outcome in outcomes { return outcome }
  return .failure(Hang())
}

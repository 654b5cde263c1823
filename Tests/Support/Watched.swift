/// The error for something that did not end in time. It is left running.
struct Hang: Error {}

/// Returns what the closure returns, or the error that it throws: `Hang` if it takes too long.
func outcome<R: Sendable>(
  within limit: Duration, _ body: @escaping @Sendable () async throws -> R
) async -> Result<R, any Error> {
  let (outcomes, continuation) = AsyncStream<Result<R, any Error>>.makeStream()
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

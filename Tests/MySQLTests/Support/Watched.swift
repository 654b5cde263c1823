import MySQL
import Testing

/// The error for something that did not end in time. It is left running.
struct Hang: Error {}

/// Returns what the closure returns; throws `Hang` if that takes too long.
func watched<R: Sendable>(
  _ limit: Duration = .seconds(10), _ body: @escaping @Sendable () async throws -> R
) async throws -> R {
  let (outcomes, continuation) = AsyncStream<Result<R, any Error>>.makeStream()
  Task {
    do { continuation.yield(.success(try await body())) } catch { continuation.yield(.failure(error)) }
  }
  let clock = Task {
    try? await Task.sleep(for: limit)
    continuation.yield(.failure(Hang()))
  }
  defer { clock.cancel() }
  for await outcome in outcomes { return try outcome.get() }
  throw Hang()
}

/// Returns the error that the closure throws, or nil if it throws none. The error must be typed, come in time
/// and contain no password.
func failure<R: Sendable>(
  _ limit: Duration = .seconds(10), sourceLocation: SourceLocation = #_sourceLocation,
  _ body: @escaping @Sendable () async throws -> R
) async -> MySQLError? {
  do {
    _ = try await watched(limit, body)
    return nil
  } catch let error as MySQLError {
    let text = "\(error) \(String(reflecting: error)) \(error.message)"
    #expect(!text.contains(canary), "a password in an error", sourceLocation: sourceLocation)
    return error
  } catch {
    Issue.record(error, sourceLocation: sourceLocation)
    return nil
  }
}

/// The password of all scripted logins, which no error may show.
let canary = "canary-7f3a91"

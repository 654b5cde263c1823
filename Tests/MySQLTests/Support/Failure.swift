import MySQL
import Testing

/// Returns what the closure returns; throws `Hang` if that takes too long.
func watched<R: Sendable>(
  _ limit: Duration = .seconds(10), _ body: @escaping @Sendable () async throws -> R
) async throws -> R {
  try await outcome(within: limit, body).get()
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

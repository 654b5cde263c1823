import MySQL
import Testing

/// Connects, and returns the error, which must come in time.
func refused(
  _ configuration: MySQLConfiguration, within limit: Duration
) async throws -> MySQLError {
  let start = ContinuousClock.now
  let error = await #expect(throws: MySQLError.self) { try await MySQLConnection.connect(configuration) }
  #expect(start.duration(to: .now) < limit)
  return try #require(error)
}

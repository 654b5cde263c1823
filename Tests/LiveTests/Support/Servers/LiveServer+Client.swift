import MySQL

extension LiveServer {
  /// Calls a closure with a client, and shuts the client down afterwards.
  func withClient<R>(
    _ change: (inout MySQLConfiguration) -> Void = { _ in },
    _ body: nonisolated(nonsending) (MySQLClient) async throws -> sending R
  ) async throws -> sending R {
    let client = try MySQLClient(configuration(change))
    do {
      let result = try await body(client)
      await client.shutdown()
      return result
    } catch {
      await client.shutdown()
      throw error
    }
  }
}

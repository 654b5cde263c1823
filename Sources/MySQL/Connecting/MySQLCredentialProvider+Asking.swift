extension MySQLCredentialProvider {
  /// Asks for the credentials of a login, by a deadline. The provider is not waited for any longer.
  func credentials(
    for settings: MySQLConfiguration, by deadline: inout Deadline
  ) async throws(MySQLError) -> Credentials {
    let answer = OneShot<Credentials>(
      orElse: MySQLError(.timeout, "the credential provider did not answer within the connect-timeout"))
    let task = Task {
      do {
        answer.give(.success(try await provide(for: settings)))
      } catch {
        answer.give(.failure(MySQLError(.authentication, "the credential provider failed: \(error)")))
      }
    }
    defer { task.cancel() }
    return try await answer.wait(
      by: &deadline,
      whenCancelled: MySQLError(.cancelled, "the task was cancelled while the credential provider was asked"))
  }
}

extension MySQLConfiguration {
  /// Returns the settings with the credentials from their provider, if there is one.
  func withCredentials(by deadline: inout Deadline) async throws(MySQLError) -> MySQLConfiguration {
    guard let credentials else { return self }
    let given = try await credentials.credentials(for: self, by: &deadline)
    var settings = self
    if let user = given.user { settings.user = user }
    settings.password = given.password
    settings.additionalPasswords = given.additionalPasswords
    try settings.validate()
    return settings
  }
}

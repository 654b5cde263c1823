/// The user and passwords of a login.
public struct MySQLCredentials: Sendable, Hashable {
  /// The account's name. Nil takes the settings' user.
  public var user: String?
  /// The password. Nil and empty both mean none.
  public var password: MySQLSecret?
  /// The passwords for the second and third factor of accounts that have them.
  public var furtherPasswords: [MySQLSecret] = []

  /// Makes credentials, for the settings' user unless another is named.
  public init(user: String? = nil, password: MySQLSecret?) {
    self.user = user
    self.password = password
  }
}

/// A provider of user and password for each login, for credentials that change: tokens that a cloud issues
/// for minutes, accounts that a vault creates on demand.
///
/// ```swift
/// settings.credentials = MySQLCredentialProvider { settings in
///   MySQLCredentials(password: MySQLSecret(try await iam.token(for: settings.user)))
/// }
/// ```
public struct MySQLCredentialProvider: Sendable {
  private let source: Source

  /// Providers are equal if they share one source: closures cannot be compared.
  private final class Source: Sendable {
    let provide: @Sendable (MySQLConfiguration) async throws -> MySQLCredentials

    init(_ provide: @escaping @Sendable (MySQLConfiguration) async throws -> MySQLCredentials) {
      self.provide = provide
    }
  }

  /// Makes a provider from a closure, which is given the settings of the login. It is called once for each
  /// login, before anything is sent, and within the settings' `connectTimeout`; if it takes longer, its task
  /// is cancelled and not waited for. The text of an error it throws becomes part of the error that
  /// connecting throws, so it should contain no secret.
  public init(_ provide: @escaping @Sendable (MySQLConfiguration) async throws -> MySQLCredentials) {
    source = Source(provide)
  }

  func credentials(
    for settings: MySQLConfiguration, by deadline: inout Deadline
  ) async throws(MySQLError) -> MySQLCredentials {
    let answer = FirstAnswer<MySQLCredentials>(
      orElse: MySQLError(.timeout, "the credential provider did not answer within the connect-timeout"))
    let task = Task { [source] in
      do {
        answer.give(.success(try await source.provide(settings)))
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

extension MySQLCredentialProvider: Hashable {
  /// Whether the two are the same provider, or copies of it.
  public static func == (left: Self, right: Self) -> Bool { left.source === right.source }

  /// Hashes the provider's identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(source)) }
}

extension MySQLCredentialProvider: CustomStringConvertible, CustomReflectable {
  /// The name of the type: no credentials.
  public var description: String { "MySQLCredentialProvider" }

  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension MySQLConfiguration {
  /// Returns the settings with the credentials from their provider, if there is one.
  func withCredentials(by deadline: inout Deadline) async throws(MySQLError) -> MySQLConfiguration {
    guard let credentials else { return self }
    let given = try await credentials.credentials(for: self, by: &deadline)
    var settings = self
    if let user = given.user { settings.user = user }
    settings.password = given.password
    settings.furtherPasswords = given.furtherPasswords
    try settings.validate()
    return settings
  }
}

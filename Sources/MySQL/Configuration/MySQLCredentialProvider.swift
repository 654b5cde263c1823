/// A provider of user and password for each login, for credentials that change: tokens that a cloud issues
/// for minutes, accounts that a vault creates on demand.
///
/// ```swift
/// settings.credentials = MySQLCredentialProvider { settings in
///   MySQLCredentialProvider.Credentials(password: MySQLSecret(try await iam.token(for: settings.user)))
/// }
/// ```
public struct MySQLCredentialProvider: Sendable {
  private let source: Source

  /// Providers are equal if they share one source: closures cannot be compared.
  private final class Source: Sendable {
    let provide: @Sendable (MySQLConfiguration) async throws -> Credentials

    init(
      _ provide: @escaping @Sendable (MySQLConfiguration) async throws -> Credentials
    ) {
      self.provide = provide
    }
  }

  /// Makes a provider from a closure, which is given the settings of the login. It is called once for each
  /// login, before anything is sent, and within the settings' `connectTimeout`; if it takes longer, its task
  /// is cancelled and not waited for. The text of an error it throws becomes part of the error that
  /// connecting throws, so it should contain no secret.
  public init(
    _ provide: @escaping @Sendable (MySQLConfiguration) async throws -> Credentials
  ) {
    source = Source(provide)
  }

  /// Asks the closure.
  func provide(for settings: MySQLConfiguration) async throws -> Credentials {
    try await source.provide(settings)
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

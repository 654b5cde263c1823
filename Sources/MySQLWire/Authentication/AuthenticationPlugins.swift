/// The login methods this library knows, and which of them a caller allows.
package struct AuthenticationPlugins: Equatable, Sendable {
  private static let known: [any Authenticator.Type] = [
    CachingSHA2Password.self, SHA256Password.self, NativePassword.self, Ed25519Password.self,
    ClearPassword.self,
  ]

  /// The names of all methods, the most usual first.
  package static var names: [String] { known.map { $0.name } }

  private let allowed: [String]
  /// Whether the caller named the methods. If so, the clear password is allowed only if it is among them.
  private var isNamed = true

  /// Every method except the one that sends the password as is. That one is allowed too for an account that allows it.
  package static let standard = {
    var standard = Self(allowing: names.filter { $0 != ClearPassword.name })
    standard.isNamed = false
    return standard
  }()
  package static let all = Self(allowing: names)

  package init(allowing names: [String]) { allowed = names }

  package func authenticator(_ name: String, for account: Account) throws(Violation) -> any Authenticator {
    // The server asks in this way for the pre-4.1 hash, which no client should send.
    if name == PluginName.old { throw .authentication(.pluginNotAllowed(name)) }
    guard let method = Self.known.first(where: { $0.name == name }) else {
      throw .authentication(.unknownPlugin(name))
    }
    let isAllowed = allowed.contains(name)
    guard isAllowed || !isNamed && name == ClearPassword.name && account.allowsClearPassword else {
      throw .authentication(.pluginNotAllowed(name))
    }
    return method.init(account)
  }
}

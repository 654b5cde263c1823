/// One login method. It answers the server's challenge, and the server may then ask it for more.
package protocol Authenticator: Sendable {
  /// The name by which client and server know the method.
  static var name: String { get }

  init(_ account: Account)

  /// Returns the answer to the challenge from the greeting or from a request to switch to this method.
  mutating func answer(
    _ challenge: [UInt8], channel: Channel
  ) throws(Violation) -> [UInt8]

  /// Whether the server has been asked for its RSA key and has not yet sent it.
  var isKeyAwaited: Bool { get }

  /// Returns the reply to further data from the server, or nil for no reply.
  mutating func receive(_ data: [UInt8], channel: Channel) throws(Violation) -> [UInt8]?
}

extension Authenticator {
  package var isKeyAwaited: Bool { false }

  /// Throws: most methods are complete after their first answer.
  package mutating func receive(_ data: [UInt8], channel: Channel) throws(Violation) -> [UInt8]? {
    throw .unexpectedPacket(.authMoreData, header: AuthMoreData.header)
  }
}

/// The kind of channel that carries the bytes. It decides what may be sent.
package enum Channel: Equatable, Sendable {
  /// TCP in clear text.
  case plain
  /// A unix socket, whose bytes do not leave the machine.
  case unixSocket
  /// TLS, with the server's certificate verified or not.
  case tls(verified: Bool)

  /// Whether nobody between client and server can read the bytes.
  package var isSecure: Bool { self != .plain }
  /// Whether, in addition, the identity of the other end is certain.
  package var isTrusted: Bool { self == .unixSocket || self == .tls(verified: true) }
}

/// What a login method may know about the account and the caller's policy.
package struct Account: Sendable {
  package var password: [UInt8]
  package var publicKey: PublicKeyPolicy
  package var allowsClearPassword: Bool

  /// The source of the RSA key that protects a password on a plain channel.
  package enum PublicKeyPolicy: Equatable, Sendable {
    /// No key: such a login is refused.
    case none
    /// The caller has the server's key, as PEM.
    case pinned([UInt8])
    /// The server may be asked for its key. An attacker in between can then substitute a key of their own.
    case askServer
  }

  package init(password: [UInt8], publicKey: PublicKeyPolicy = .none, allowsClearPassword: Bool = false) {
    self.password = password
    self.publicKey = publicKey
    self.allowsClearPassword = allowsClearPassword
  }
}

/// The login methods this library knows, and which of them a caller allows.
package struct AuthenticationPlugins: Equatable, Sendable {
  private static let known: [any Authenticator.Type] = [
    CachingSHA2Password.self, SHA256Password.self, NativePassword.self, Ed25519Password.self,
    ClearPassword.self,
  ]

  private let allowed: [String]
  /// Whether the caller named the methods. If so, the clear password is allowed only if it is among them.
  private var isNamed = true

  /// Every method except the one that sends the password as is. That one is allowed too for an account that allows it.
  package static let standard = {
    var standard = Self(allowing: known.map { $0.name }.filter { $0 != ClearPassword.name })
    standard.isNamed = false
    return standard
  }()
  package static let all = Self(allowing: known.map { $0.name })

  package init(allowing names: [String]) { allowed = names }

  package func authenticator(_ name: String, for account: Account) throws(Violation) -> any Authenticator {
    // The server asks in this way for the pre-4.1 hash, which no client should send.
    if name == "mysql_old_password" { throw .authentication(.pluginNotAllowed(name)) }
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

/// The kind of channel that carries the bytes. It decides what may be sent.
package enum ChannelSecurity: Equatable, Sendable {
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

extension MySQLError {
  /// What kind of failure an error is. Later versions may have more kinds: a `switch` needs a `default`.
  public struct Kind: Sendable, Hashable, CustomStringConvertible {
    private let name: Name

    private enum Name: String {
      case configuration, unknownHost, connectionRefused, timeout, connectionLost, connectionClosed, notMySQL,
        protocolViolation, tls, authentication, server, cancelled, misuse, decoding, encoding, localInfile,
        commitUnknown
    }

    private init(_ name: Name) { self.name = name }

    /// A setting or URL that cannot be used.
    public static var configuration: Self { Self(.configuration) }
    /// The host's name has no address.
    public static var unknownHost: Self { Self(.unknownHost) }
    /// Nothing listens there, or the network refuses.
    public static var connectionRefused: Self { Self(.connectionRefused) }
    /// A deadline passed.
    public static var timeout: Self { Self(.timeout) }
    /// The connection ended before the answer did.
    public static var connectionLost: Self { Self(.connectionLost) }
    /// The connection was closed by this side, before or during the call.
    public static var connectionClosed: Self { Self(.connectionClosed) }
    /// The other side is not a MySQL server, or not one this library can talk to.
    public static var notMySQL: Self { Self(.notMySQL) }
    /// The server broke the protocol. The connection is closed.
    public static var protocolViolation: Self { Self(.protocolViolation) }
    /// TLS could not be used as the settings demand.
    public static var tls: Self { Self(.tls) }
    /// The login failed or was refused by this side's own rules.
    public static var authentication: Self { Self(.authentication) }
    /// The server refused the statement or command, or refused a connection for a reason other than the
    /// account.
    public static var server: Self { Self(.server) }
    /// The task was cancelled.
    public static var cancelled: Self { Self(.cancelled) }
    /// The call does not fit the connection's state, such as a query while rows are unread.
    public static var misuse: Self { Self(.misuse) }
    /// A value could not be turned into the wanted Swift type.
    public static var decoding: Self { Self(.decoding) }
    /// A value cannot be sent as it is.
    public static var encoding: Self { Self(.encoding) }
    /// The source of a LOAD DATA LOCAL failed.
    public static var localInfile: Self { Self(.localInfile) }
    /// The answer to a COMMIT was lost: the transaction may or may not have been committed. It is never tried
    /// again.
    public static var commitUnknown: Self { Self(.commitUnknown) }

    /// The name of the kind, such as `connectionLost`.
    public var description: String { name.rawValue }
  }
}

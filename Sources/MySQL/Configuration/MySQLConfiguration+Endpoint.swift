import MySQLWire

extension MySQLConfiguration {
  /// Returns the settings with one endpoint alone.
  package func at(_ endpoint: Endpoint) -> Self {
    if endpoints == [endpoint] { return self }
    var settings = self
    settings.endpoint = endpoint
    settings.weights = []
    return settings
  }

  /// Where the server listens.
  public enum Endpoint: Sendable, Hashable {
    /// A host by name or address, and its port. The name `localhost` means TCP too, unlike with the `mysql`
    /// command, which takes it for the unix socket.
    case tcp(host: String, port: UInt16 = 3306)
    /// A unix socket on this machine, such as `/run/mysqld/mysqld.sock`.
    case unixSocket(path: String)

    /// Whether the bytes stay on this machine: a unix socket, `localhost`, 127.0.0.0/8 or `::1`. Decided by
    /// the name alone; nothing is looked up.
    public var isLocal: Bool {
      switch self {
      case .unixSocket: true
      case .tcp(let host, _): Self.isLoopback(host)
      }
    }

    /// The name or address of the host. For a unix socket it is `localhost`, as with the `mysql` command.
    package var host: String {
      switch self {
      case .tcp(let host, _): host
      case .unixSocket: "localhost"
      }
    }

    /// As a person would write it.
    package var text: String {
      switch self {
      case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
      case .unixSocket(let path): path
      }
    }

    /// Whether the two lead to the same server by their names alone; case does not matter in those of hosts.
    func isSame(as other: Self) -> Bool {
      guard case .tcp(let host, let port) = self, case .tcp(let otherHost, let otherPort) = other else {
        return self == other
      }
      return port == otherPort && host.lowercased() == otherHost.lowercased()
    }

    /// The endpoint with another port; a unix socket has none.
    package func at(port: UInt16) -> Self {
      guard case .tcp(let host, _) = self else { return self }
      return .tcp(host: host, port: port)
    }

    private static func isLoopback(_ host: String) -> Bool {
      if host.lowercased() == "localhost" || host == "::1" { return true }
      // Four whole numbers, so that a name such as 127.example.com does not count as a loopback address.
      let parts = host.split(separator: ".", omittingEmptySubsequences: false)
      return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { isOctet($0) }
    }

    private static func isOctet(_ text: Substring) -> Bool {
      text.utf8.allSatisfy(\.isASCIIDigit) && UInt8(text) != nil
    }
  }
}

/// Why an address did not let this client in, or why a server has none.
enum ConnectFailure: Error {
  /// The server's name was not resolved, or the path of its socket is unusable.
  case notFound(MySQLError)
  /// The system has no thread to wait for the socket.
  case noThread
  case refused(Socket.SystemError)
  case silent
  /// The time was up before its turn came.
  case notTried
  /// Anything that went wrong once the connection was made.
  case login(MySQLError)
  case cancelled

  /// Whether any other server would give the same answer, so that none is asked. A server that is not there, not ready,
  /// full, or that blocks this host says nothing about the others.
  var isFinal: Bool {
    guard let error else { return false }
    return switch error.kind {
    case .configuration, .tls, .cancelled: true
    case .authentication: error.server?.code != .hostBlocked
    case .server: error.server?.code == .unknownDatabase
    default: false
    }
  }

  /// The error, if this is the only failure.
  var error: MySQLError? {
    switch self {
    case .notFound(let error), .login(let error): error
    case .cancelled: MySQLError(.cancelled, "the task was cancelled while it connected")
    case .noThread, .refused, .silent, .notTried: nil
    }
  }

  fileprivate var kind: MySQLError.Kind {
    switch self {
    case .noThread, .refused: .connectionRefused
    case .silent, .notTried: .timeout
    case .notFound, .login, .cancelled: error?.kind ?? .cancelled
    }
  }

  /// How far it is from a login. Of several failures, the least far one says best what is wrong.
  fileprivate var distance: Int {
    switch self {
    case .login(let error): Self.kinds.firstIndex(of: error.kind) ?? Self.kinds.count
    case .refused, .noThread: 10
    case .silent: 11
    case .notTried: 12
    case .notFound, .cancelled: 13
    }
  }

  /// Those of logins, with those first that may pass by themselves.
  private static let kinds: [MySQLError.Kind] = [
    .server, .connectionLost, .timeout, .protocolViolation, .notMySQL, .authentication,
  ]

  fileprivate func reason(at place: String) -> String {
    switch self {
    case .notFound(let error): error.message
    case .noThread: "\(place): no thread"
    case .refused(let error): "\(place): \(error.text)"
    case .silent: "\(place) does not answer"
    case .notTried: "\(place) was not tried, because the time was up"
    case .login(let error): "\(place): \(error)"
    case .cancelled: "\(place): cancelled"
    }
  }

  fileprivate var advice: String? {
    switch self {
    case .refused:
      "is the server running, does it listen there (port, bind-address, skip-networking, socket path)?"
    case .silent: "is the host right, and does a firewall or security group drop packets for the port?"
    default: nil
    }
  }
}

extension MySQLError {
  /// Makes the error for servers none of which let this client in: it names each address and its reason.
  init(connectingTo servers: String, _ failures: [(place: String, failure: ConnectFailure)]) {
    if failures.count == 1, let error = failures[0].failure.error {
      self = error
      return
    }
    let main = failures.map { $0.failure }.min { $0.distance < $1.distance }
    if case .noThread = main {
      self.init(
        .connectionRefused,
        "cannot connect to \(servers): the system allows this process no more threads, and one must wait for the server "
          + "(ulimit -u, or the container's limit of processes)")
      return
    }
    let reasons = failures.map { $0.failure.reason(at: $0.place) }.joined(separator: "; ")
    let advice = main?.advice.map { ": \($0)" } ?? ""
    self.init(
      main?.kind ?? .timeout, "cannot connect to \(servers) (\(reasons))\(advice)",
      server: main?.error?.server)
  }
}

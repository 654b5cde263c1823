import Foundation

/// Looks up the addresses of names. getaddrinfo blocks for as long as the system's resolver likes, so each
/// look-up has a thread of its own; one whose deadline passes is left to end by itself.
enum Resolver {
  static func addresses(
    of endpoint: MySQLConfiguration.Endpoint, by deadline: inout Deadline
  ) async throws(MySQLError) -> [SocketAddress] {
    switch endpoint {
    case .unixSocket(let path):
      guard let address = Platform.unixAddress(path) else {
        throw MySQLError(.configuration, "the path of a unix socket is at most 107 bytes long: \(path)")
      }
      return [address]
    case .tcp(let host, let port):
      if let literal = try? lookUp(host, port, isLiteral: true) { return literal }
      let answer = OneShot<[SocketAddress]>(
        orElse: MySQLError(
          .timeout, "the name '\(host)' was not resolved in time: check the name servers"))
      let isStarted = Threads.start("mysql-resolver") {
        answer.give(Result { () throws(MySQLError) in try lookUp(host, port, isLiteral: false) })
      }
      if !isStarted {
        answer.give(.failure(MySQLError(.unknownHost, "no thread can be started to look up '\(host)'")))
      }
      return try await answer.wait(
        by: &deadline,
        whenCancelled: MySQLError(.cancelled, "the task was cancelled while a name was looked up"))
    }
  }

  private static func lookUp(
    _ host: String, _ port: UInt16, isLiteral: Bool
  ) throws(MySQLError) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Platform.stream
    hints.ai_flags = isLiteral ? AI_NUMERICHOST | AI_NUMERICSERV : AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let result = getaddrinfo(host, String(port), &hints, &list)
    guard result == 0 else {
      let reason = String(cString: gai_strerror(result))
      throw MySQLError(
        .unknownHost, "the host '\(host)' has no address (\(reason)): check its spelling and the name servers"
      )
    }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next = list
    while let entry = next?.pointee {
      if let address = entry.ai_addr {
        let bytes = Array(UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen)))
        let found = SocketAddress(family: entry.ai_family, bytes: bytes)
        if !addresses.contains(found) { addresses.append(found) }
      }
      next = entry.ai_next
    }
    return addresses
  }
}

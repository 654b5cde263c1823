import Foundation

/// Looks up the addresses of names. getaddrinfo blocks for as long as the system's resolver likes, so each
/// look-up has a thread of its own; one whose deadline passes is left to end by itself.
enum Resolver {
  /// Returns the addresses in the order in which to try them.
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
    return addresses.alternatingFamilies
  }
}

extension [SocketAddress] {
  /// The addresses with the families in turn, beginning with the first address's, so that a family without a route does
  /// not stand in front of all the others: section 4 of RFC 8305. Within a family, the order stays.
  var alternatingFamilies: Self {
    guard let family = first?.family, contains(where: { $0.family != family }) else { return self }
    let (own, other) = (filter { $0.family == family }, filter { $0.family != family })
    var addresses: Self = []
    for index in 0..<Swift.max(own.count, other.count) {
      if index < own.count { addresses.append(own[index]) }
      if index < other.count { addresses.append(other[index]) }
    }
    return addresses
  }
}

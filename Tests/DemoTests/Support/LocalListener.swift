import Foundation
import Synchronization

/// A TCP service on 127.0.0.1 that gives each connection to the closure, one after the other.
final class LocalListener: Sendable {
  let port: UInt16
  private let descriptor: Int32

  init(_ serve: @escaping @Sendable (Int32) -> Void) throws {
    let socket = try BoundSocket()
    let listener = socket.descriptor
    guard listen(listener, 16) == 0 else { throw BoundSocket.Unavailable() }
    port = socket.port
    descriptor = listener
    Thread.detachNewThread {
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        serve(connection)
        close(connection)
      }
    }
  }

  func stop() {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  /// Returns a port on which nothing listens.
  static func closedPort() throws -> UInt16 {
    let listener = try LocalListener { _ in }
    listener.stop()
    return listener.port
  }

  /// Returns a service that replies like a web server.
  static func web() throws -> LocalListener {
    try LocalListener { connection in
      var buffer = [UInt8](repeating: 0, count: 4096)
      guard recv(connection, &buffer, buffer.count, 0) > 0 else { return }
      let answer = Array("HTTP/1.1 400 Bad Request\r\nServer: test\r\nContent-Length: 0\r\n\r\n".utf8)
      _ = send(connection, answer, answer.count, 0)
    }
  }

  /// Forwards connections to a port of 127.0.0.1, each on its own thread, but hangs up on those numbered in `refused`.
  static func relay(to port: UInt16, refusing refused: Set<Int>) throws -> LocalListener {
    let count = Mutex(0)
    return try LocalListener { client in
      let number = count.withLock { count in
        defer { count += 1 }
        return count
      }
      if refused.contains(number) { return }
      let own = fcntl(client, F_DUPFD_CLOEXEC, 0)
      Thread.detachNewThread {
        let server = BoundSocket.open()
        let target = address("127.0.0.1", port)
        if with(target, { connect(server, $0, $1) }) == 0 { forward(own, server) }
        close(server)
        close(own)
      }
    }
  }

  /// Forwards to a port of 127.0.0.1 from another address of this machine, such as 127.0.0.9.
  static func relay(to port: UInt16, from source: String) throws -> LocalListener {
    try LocalListener { client in
      let server = BoundSocket.open()
      defer { close(server) }
      let own = address(source, 0)
      let target = address("127.0.0.1", port)
      guard with(own, { bind(server, $0, $1) }) == 0, with(target, { connect(server, $0, $1) }) == 0 else {
        return
      }
      forward(client, server)
    }
  }

  /// Forwards both ways until one side ends.
  private static func forward(_ client: Int32, _ server: Int32) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      var entries = [
        pollfd(fd: client, events: Int16(POLLIN), revents: 0),
        pollfd(fd: server, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&entries, 2, 60_000) > 0 else { return }
      let (source, target) = entries[0].revents != 0 ? (client, server) : (server, client)
      let count = recv(source, &buffer, buffer.count, 0)
      guard count > 0, send(target, buffer, count, Int32(MSG_NOSIGNAL)) == count else { return }
    }
  }

  private static func address(_ host: String, _ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, host, &address.sin_addr)
    return address
  }
}

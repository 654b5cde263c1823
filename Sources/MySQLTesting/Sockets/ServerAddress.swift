import Foundation

/// The address that a server listens at, or that a proxy forwards to.
public enum ServerAddress: Sendable, Hashable {
  /// A TCP port at an IP address, or at `localhost`, which stands for 127.0.0.1. Names are not looked up. Listening at
  /// port 0 takes any free port.
  case tcp(String, port: Int)
  /// A unix socket. A server creates the file and removes it when it stops.
  case unix(path: String)

  /// Any free port at 127.0.0.1.
  public static let loopback = Self.tcp("127.0.0.1", port: 0)
  /// Any free port at ::1.
  public static let loopback6 = Self.tcp("::1", port: 0)

  /// Calls the closure with the address in the form that system calls take.
  func withSystemAddress<R>(
    _ body: (_ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> R
  ) throws(TestServerError) -> R {
    switch self {
    case .tcp(let host, let port):
      guard let port = UInt16(exactly: port) else { throw .unusableAddress("\(host):\(port)") }
      var v4 = sockaddr_in()
      v4.sin_family = sa_family_t(AF_INET)
      v4.sin_port = port.bigEndian
      if inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &v4.sin_addr) == 1 {
        return call(&v4, body)
      }
      var v6 = sockaddr_in6()
      v6.sin6_family = sa_family_t(AF_INET6)
      v6.sin6_port = port.bigEndian
      guard inet_pton(AF_INET6, host, &v6.sin6_addr) == 1 else { throw .unusableAddress(host) }
      return call(&v6, body)
    case .unix(let path):
      var local = sockaddr_un()
      local.sun_family = sa_family_t(AF_UNIX)
      let fits = withUnsafeMutableBytes(of: &local.sun_path) { room in
        // The path ends with a NUL.
        guard path.utf8.count < room.count else { return false }
        room.copyBytes(from: path.utf8)
        return true
      }
      guard fits else { throw .unusableAddress(path) }
      return call(&local, body)
    }
  }

  private func call<A, R>(_ address: inout A, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    let size = socklen_t(MemoryLayout<A>.size)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
    }
  }

  var family: Int32 {
    switch self {
    case .tcp(let host, _): host.utf8.contains(UInt8(ascii: ":")) ? AF_INET6 : AF_INET
    case .unix: AF_UNIX
    }
  }

  /// Returns the address with the port that the system chose for a listening socket.
  func bound(by descriptor: Int32) -> Self {
    guard case .tcp(let host, _) = self else { return self }
    var address = sockaddr_in6()
    var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    _ = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    // The port is at the same offset in the addresses of both families.
    return .tcp(host, port: Int(UInt16(bigEndian: address.sin6_port)))
  }

  /// The port; 0 for a unix socket.
  var port: Int {
    guard case .tcp(_, let port) = self else { return 0 }
    return port
  }

  /// Returns the URL with which a client reaches a server at this address.
  func url(user: String) -> String {
    switch self {
    case .tcp(let host, let port):
      "mysql://\(user)@\(host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host):\(port)/"
    case .unix(let path):
      "mysql://\(user)@localhost/?socket=\(path.utf8.map(Self.escaped).joined())"
    }
  }

  private static func escaped(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"):
      String(UnicodeScalar(byte))
    default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }
}

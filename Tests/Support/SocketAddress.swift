import Foundation

/// Calls the closure with an address in the form in which the system's functions take it.
func with(
  _ address: sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
) -> Int32 {
  withUnsafePointer(to: address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
}

/// A TCP socket at a port that was free. As long as it does not listen, connecting there is refused, and nobody else gets
/// the port.
struct BoundSocket {
  let descriptor: Int32
  let address: sockaddr_in

  struct Unavailable: Error {}

  init(at host: String = "127.0.0.1") throws {
    let descriptor = Self.open()
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    inet_pton(AF_INET, host, &address.sin_addr)
    guard with(address, { bind(descriptor, $0, $1) }) == 0 else { throw Unavailable() }
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let named = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard named == 0 else { throw Unavailable() }
    self.descriptor = descriptor
    self.address = address
  }

  var port: UInt16 { UInt16(bigEndian: address.sin_port) }

  /// Opens a TCP socket that the commands of other tests do not inherit: one of them would keep a connection open.
  static func open() -> Int32 {
    #if canImport(Darwin)
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      return descriptor
    #else
      return socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    #endif
  }
}

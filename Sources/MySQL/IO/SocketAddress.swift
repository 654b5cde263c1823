import Foundation

/// Where a socket can connect to, as the system wants it.
struct SocketAddress: Sendable, Hashable {
  let family: Int32
  /// A sockaddr of the family.
  let bytes: [UInt8]

  /// The address as people write it.
  var text: String {
    guard family != AF_UNIX else { return "unix socket" }
    var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let result = withSockaddr { address, length in
      getnameinfo(address, length, &host, socklen_t(host.count), nil, 0, NI_NUMERICHOST)
    }
    guard result == 0 else { return "unknown address" }
    return String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func withSockaddr<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    // A copy that is aligned as a sockaddr must be.
    var storage = sockaddr_storage()
    withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(bytes.count)) }
    }
  }
}

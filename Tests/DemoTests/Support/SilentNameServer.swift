import Foundation

/// A name server that replies to nothing.
struct SilentNameServer {
  static let address = "127.53.53.53"
  private let descriptor: Int32

  struct Unavailable: Error {}

  init() throws {
    descriptor = socket(
      AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(53).bigEndian
    inet_pton(AF_INET, Self.address, &address.sin_addr)
    guard with(address, { bind(descriptor, $0, $1) }) == 0 else { throw Unavailable() }
  }

  /// Whether a question has arrived.
  var wasAsked: Bool {
    var byte: UInt8 = 0
    return recv(descriptor, &byte, 1, 0) > 0
  }

  func stop() { close(descriptor) }
}

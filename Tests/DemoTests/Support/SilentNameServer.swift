import Foundation

/// A name server that replies to nothing, at an address of this machine that no other run of the tests uses.
struct SilentNameServer {
  let address: String
  private let descriptor: Int32

  struct Unavailable: Error {}

  init() throws {
    let descriptor = socket(
      AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    for _ in 0..<20 {
      let host = "127.\((0..<3).map { _ in "\(Int.random(in: 1...254))" }.joined(separator: "."))"
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = UInt16(53).bigEndian
      inet_pton(AF_INET, host, &address.sin_addr)
      if with(address, { bind(descriptor, $0, $1) }) == 0 {
        (self.address, self.descriptor) = (host, descriptor)
        return
      }
    }
    close(descriptor)
    throw Unavailable()
  }

  /// Whether a question has arrived.
  var wasAsked: Bool {
    var byte: UInt8 = 0
    return recv(descriptor, &byte, 1, 0) > 0
  }

  func stop() { close(descriptor) }
}

import Foundation

/// A TCP port at which connecting neither succeeds nor fails: the listener's queue is full, so the system drops
/// what arrives.
final class BlackHole: Sendable {
  let port: UInt16
  private let descriptors: [Int32]

  private struct Unavailable: Error {}

  init() throws {
    let listener = Self.makeSocket()
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    guard with(address, { bind(listener, $0, $1) }) == 0, listen(listener, 0) == 0 else {
      throw Unavailable()
    }
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let named = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
    }
    guard named == 0 else { throw Unavailable() }
    port = UInt16(bigEndian: address.sin_port)
    var descriptors = [listener]
    for _ in 1...8 {
      let filler = Self.makeSocket()
      _ = fcntl(filler, F_SETFL, fcntl(filler, F_GETFL) | O_NONBLOCK)
      _ = with(address) { connect(filler, $0, $1) }
      descriptors.append(filler)
    }
    self.descriptors = descriptors
  }

  func close() {
    for descriptor in descriptors { _ = Foundation.close(descriptor) }
  }

  private static func makeSocket() -> Int32 {
    #if canImport(Darwin)
      socket(AF_INET, SOCK_STREAM, 0)
    #else
      socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
  }
}

import Foundation

/// A TCP port at which connecting neither succeeds nor fails: the listener's queue is full, so the system drops
/// what arrives.
final class BlackHole: Sendable {
  let port: UInt16
  private let descriptors: [Int32]

  init() throws {
    let listener = try BoundSocket()
    guard listen(listener.descriptor, 0) == 0 else { throw BoundSocket.Unavailable() }
    port = listener.port
    var descriptors = [listener.descriptor]
    for _ in 1...8 {
      let filler = BoundSocket.open()
      _ = fcntl(filler, F_SETFL, fcntl(filler, F_GETFL) | O_NONBLOCK)
      _ = with(listener.address) { connect(filler, $0, $1) }
      descriptors.append(filler)
    }
    self.descriptors = descriptors
  }

  func close() {
    for descriptor in descriptors { _ = Foundation.close(descriptor) }
  }
}

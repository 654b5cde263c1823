import Foundation

/// A pipe that ends another thread's wait in a poller.
final class WakePipe: Sendable {
  /// The end to watch.
  let descriptor: Int32
  private let writeEnd: Int32

  /// Takes over two descriptors that do not block.
  init(descriptor: Int32, writeEnd: Int32) {
    self.descriptor = descriptor
    self.writeEnd = writeEnd
  }

  /// Returns nil if there are no descriptors left.
  convenience init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
    }
    self.init(descriptor: ends[0], writeEnd: ends[1])
  }

  deinit {
    _ = close(descriptor)
    _ = close(writeEnd)
  }

  func wake() {
    var byte: UInt8 = 0
    _ = write(writeEnd, &byte, 1)
  }

  func drain() {
    var bytes = (UInt64(0), UInt64(0))
    while withUnsafeMutableBytes(of: &bytes, { read(descriptor, $0.baseAddress, $0.count) }) > 0 {}
  }
}

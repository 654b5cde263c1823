import Foundation

/// A non-blocking stream socket, which owns its descriptor. The number goes back to the system when the last reference
/// is gone. All code that can name the descriptor holds a reference, so nothing reads, writes or polls a number that
/// the system has already given to something else.
final class Socket: Sendable {
  let descriptor: Int32
  /// The address that it connects to; nil for a descriptor that was taken over.
  private let peer: SocketAddress?

  /// The two ends of a connection.
  struct Addresses: Sendable {
    let peer: SocketAddress
    /// This side's port; nil for a unix socket.
    let localPort: UInt16?
  }

  /// The error number of a system call that failed.
  struct SystemError: Error, Equatable {
    var number: Int32

    static var last: SystemError { SystemError(number: errno) }
    var text: String { String(cString: strerror(number)) }
  }

  enum Transfer: Equatable {
    case bytes(Int)
    case wouldBlock
    case end
  }

  /// Takes over a descriptor.
  init(owning descriptor: Int32, peer: SocketAddress? = nil) {
    self.descriptor = descriptor
    self.peer = peer
  }

  /// Begins to connect. The socket becomes writable once that has succeeded or failed.
  convenience init(connectingTo address: SocketAddress, keepAlive: Duration?) throws(SystemError) {
    let descriptor = Platform.streamSocket(address.family)
    guard descriptor >= 0 else { throw .last }
    self.init(owning: descriptor, peer: address)
    if address.family != AF_UNIX { configureTCP(keepAlive) }
    let result = address.withSockaddr { connect(descriptor, $0, $1) }
    // A unix socket whose queue is full reports EAGAIN, and nothing would ever signal when to try again.
    guard result == 0 || errno == EINPROGRESS || errno == EINTR else { throw .last }
  }

  deinit {
    _ = close(descriptor)
  }

  /// Whether connecting has already succeeded, as it mostly has on the same machine. Looks without waiting.
  var isConnected: Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&entry, 1, 0) == 1 && entry.revents == Int16(POLLOUT)
  }

  /// Returns the error that connecting ended with, or nil. Call it once the socket is writable.
  func connectResult() -> SystemError? {
    var number: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size) == 0 else { return .last }
    return number == 0 ? nil : SystemError(number: number)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Transfer {
    while true {
      let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      if errno == EAGAIN || errno == EWOULDBLOCK { return .wouldBlock }
      guard errno == EINTR else { throw .last }
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Transfer {
    while true {
      let count = send(descriptor, bytes.baseAddress, bytes.count, Platform.sendFlags)
      if count >= 0 { return .bytes(count) }
      if errno == EAGAIN || errno == EWOULDBLOCK { return .wouldBlock }
      guard errno == EINTR else { throw .last }
    }
  }

  /// The addresses of the two ends of a connected socket.
  var addresses: Addresses? {
    peer.map { Addresses(peer: $0, localPort: SocketAddress(ownOf: descriptor)?.port) }
  }

  /// Whether a read would return bytes, an error or the end. This looks without consuming anything.
  var hasInput: Bool {
    var byte: UInt8 = 0
    return recv(descriptor, &byte, 1, Platform.peek) >= 0 || errno != EAGAIN && errno != EWOULDBLOCK
  }

  /// Ends both directions. A poller that watches the socket notices.
  func shutDown() {
    _ = shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Has a dead network detected after twice `keepAlive`: by probes on an idle connection, and by the limit for
  /// acknowledgements while sent bytes are on their way. Without that limit, the kernel sends them again for a quarter
  /// of an hour.
  private func configureTCP(_ keepAlive: Duration?) {
    set(IPPROTO_TCP, TCP_NODELAY, 1)
    guard let keepAlive else { return }
    let seconds = Int32(clamping: max(1, keepAlive.components.seconds))
    let (interval, probes) = (max(1, seconds / 4), Int32(4))
    set(Int(SOL_SOCKET), SO_KEEPALIVE, 1)
    set(IPPROTO_TCP, Platform.keepAliveIdle, seconds)
    set(IPPROTO_TCP, TCP_KEEPINTVL, interval)
    set(IPPROTO_TCP, TCP_KEEPCNT, probes)
    let limit = Int64(seconds) + Int64(interval * probes)
    set(
      IPPROTO_TCP, Platform.unacknowledgedLimit.option,
      Int32(clamping: limit * Platform.unacknowledgedLimit.unitsPerSecond))
  }

  private func set(_ level: some BinaryInteger, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, Int32(level), option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}

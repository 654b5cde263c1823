import Foundation

/// A non-blocking stream socket. Whoever opened it sees to it that it is closed, once.
struct Socket: Sendable {
  let descriptor: Int32

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

  /// Begins to connect; the socket is writable when that has succeeded or failed.
  init(connectingTo address: SocketAddress, keepAlive: Duration?) throws(SystemError) {
    descriptor = socket(address.family, Platform.stream, 0)
    guard descriptor >= 0 else { throw .last }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    Platform.silenceBrokenPipe(descriptor)
    if address.family != AF_UNIX { configureTCP(keepAlive) }
    let descriptor = descriptor
    let result = address.withSockaddr { connect(descriptor, $0, $1) }
    // A unix socket whose queue is full answers EAGAIN, and nothing would ever tell when to try again.
    guard result == 0 || errno == EINPROGRESS || errno == EINTR else {
      let error = SystemError.last
      close()
      throw error
    }
  }

  func close() {
    _ = Foundation.close(descriptor)
  }

  /// What became of connecting, once the socket is writable.
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

  /// Ends both directions; a poller that watches the socket learns of it.
  func shutDown() {
    _ = shutdown(descriptor, Int32(SHUT_RDWR))
  }

  private func configureTCP(_ keepAlive: Duration?) {
    set(IPPROTO_TCP, TCP_NODELAY, 1)
    guard let keepAlive else { return }
    let seconds = Int32(clamping: max(1, keepAlive.components.seconds))
    set(Int(SOL_SOCKET), SO_KEEPALIVE, 1)
    set(IPPROTO_TCP, Platform.keepAliveIdle, seconds)
    set(IPPROTO_TCP, TCP_KEEPINTVL, max(1, seconds / 4))
    set(IPPROTO_TCP, TCP_KEEPCNT, 4)
  }

  private func set(_ level: some BinaryInteger, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, Int32(level), option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}

import Foundation

// Differences between the platforms: constants whose types or names differ, and functions that one of them lacks.
enum Platform {
  #if canImport(Darwin)
    static let stream = SOCK_STREAM
    static let sendFlags: Int32 = 0
    static let peek = MSG_PEEK | MSG_DONTWAIT
    static let keepAliveIdle = TCP_KEEPALIVE
    /// TCP_RXT_CONNDROPTIME
    static let unacknowledgedLimit = (option: Int32(0x80), unitsPerSecond: Int64(1))
  #else
    static let stream = Int32(SOCK_STREAM.rawValue)
    /// Reports a peer that closed as an error, rather than killing the program with a signal.
    static let sendFlags = Int32(MSG_NOSIGNAL)
    static let peek = Int32(MSG_PEEK | MSG_DONTWAIT)
    static let keepAliveIdle = TCP_KEEPIDLE
    static let unacknowledgedLimit = (option: TCP_USER_TIMEOUT, unitsPerSecond: Int64(1000))
  #endif

  /// The monotonic clock, in nanoseconds. It keeps running while the machine sleeps.
  static var uptime: Nanoseconds {
    #if canImport(Darwin)
      return Nanoseconds(clamping: clock_gettime_nsec_np(CLOCK_MONOTONIC_RAW))
    #else
      var time = timespec()
      clock_gettime(CLOCK_BOOTTIME, &time)
      return Nanoseconds(time.tv_sec) * 1_000_000_000 + Nanoseconds(time.tv_nsec)
    #endif
  }

  /// Distinguishes the calling thread from all others that are running.
  static var threadID: UInt {
    #if canImport(Darwin)
      UInt(bitPattern: pthread_self())
    #else
      pthread_self()
    #endif
  }

  /// Opens a socket that does not block, and that programs started meanwhile do not inherit. On systems whose `send`
  /// cannot prevent SIGPIPE, the socket is set to do so. Returns -1 if it fails.
  static func streamSocket(_ family: Int32) -> Int32 {
    #if canImport(Darwin)
      let descriptor = socket(family, stream, 0)
      guard descriptor >= 0 else { return -1 }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
      var on: Int32 = 1
      setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
      return descriptor
    #else
      return socket(family, stream | Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    #endif
  }

  /// Returns the address of a unix socket, or nil if the path is too long for one.
  static func unixAddress(_ path: String) -> SocketAddress? {
    var address = sockaddr_un()
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < capacity, !path.utf8.contains(0) else { return nil }
    address.sun_family = sa_family_t(AF_UNIX)
    #if canImport(Darwin)
      address.sun_len = UInt8(MemoryLayout<sockaddr_un>.size)
    #endif
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafeBytes(of: address) { SocketAddress(family: AF_UNIX, bytes: Array($0)) }
  }

  #if os(Linux)
    /// epoll, looked up at run time because the C library's Swift module does not expose it.
    struct Epoll {
      let create: @convention(c) (Int32) -> Int32
      let control: @convention(c) (Int32, Int32, Int32, UnsafeMutableRawPointer?) -> Int32
      let wait: @convention(c) (Int32, UnsafeMutableRawPointer, Int32, Int32) -> Int32

      static let functions: Epoll? = {
        guard let create = dlsym(nil, "epoll_create1"), let control = dlsym(nil, "epoll_ctl"),
          let wait = dlsym(nil, "epoll_wait")
        else { return nil }
        return Epoll(
          create: unsafeBitCast(create, to: (@convention(c) (Int32) -> Int32).self),
          control: unsafeBitCast(
            control, to: (@convention(c) (Int32, Int32, Int32, UnsafeMutableRawPointer?) -> Int32).self),
          wait: unsafeBitCast(
            wait, to: (@convention(c) (Int32, UnsafeMutableRawPointer, Int32, Int32) -> Int32).self))
      }()

      #if arch(x86_64)
        /// struct epoll_event is packed on this architecture: four bytes of events, eight of data.
        static let eventSize = 12
        static let dataOffset = 4
      #else
        static let eventSize = 16
        static let dataOffset = 8
      #endif
    }
  #endif

  /// Returns the best poller for many sockets, or nil where there is none better than poll.
  static func pollerForMany() -> (any Poller)? {
    #if os(Linux)
      EpollPoller()
    #else
      nil
    #endif
  }
}

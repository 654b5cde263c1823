import Foundation

/// What Linux and Apple's systems name or type differently.
enum Platform {
  #if canImport(Darwin)
    static let streamSocket = SOCK_STREAM
    /// SO_NOSIGPIPE, set at every socket, does it here.
    static let sendFlags: Int32 = 0
    /// What poll answers once the peer has sent its last byte.
    static let peerHasFinished = Int16(POLLHUP)
  #else
    static let streamSocket = Int32(SOCK_STREAM.rawValue)
    static let sendFlags = Int32(MSG_NOSIGNAL)
    /// POLLRDHUP, which Glibc's module leaves out.
    static let peerHasFinished: Int16 = 0x2000
  #endif

  static func adopt(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var one: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    // Fails on unix sockets, which have no delay.
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, size)
    #if canImport(Darwin)
      setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &one, size)
    #endif
  }

  /// Starts a thread of our own, which can be waited for, unlike Foundation's; nil if there is none to have.
  static func startThread(_ body: @escaping @Sendable () -> Void) -> UInt? {
    let context = Unmanaged.passRetained(ThreadBody(run: body))
    #if canImport(Darwin)
      var thread: pthread_t?
      let result = pthread_create(&thread, nil, { runThread($0) }, context.toOpaque())
    #else
      var thread = pthread_t()
      let result = pthread_create(&thread, nil, { runThread($0) }, context.toOpaque())
    #endif
    guard result == 0 else {
      context.release()
      return nil
    }
    return number(thread)
  }

  static var currentThread: UInt { number(pthread_self()) }

  /// Waits until a thread has ended.
  static func join(_ thread: UInt) {
    if let thread = handle(thread) { pthread_join(thread, nil) }
  }

  /// Leaves a thread to itself.
  static func detach(_ thread: UInt) {
    if let thread = handle(thread) { pthread_detach(thread) }
  }

  #if canImport(Darwin)
    // A number can go from thread to thread, a pointer cannot.
    private static func number(_ thread: pthread_t?) -> UInt { UInt(bitPattern: thread) }
    private static func handle(_ thread: UInt) -> pthread_t? { pthread_t(bitPattern: thread) }
  #else
    private static func number(_ thread: pthread_t) -> UInt { UInt(thread) }
    private static func handle(_ thread: UInt) -> pthread_t? { pthread_t(thread) }
  #endif
}

private final class ThreadBody {
  let run: @Sendable () -> Void
  init(run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
  return nil
}

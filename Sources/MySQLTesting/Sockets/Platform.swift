import Foundation

/// What Linux and Apple's systems name or type differently.
enum Platform {
  #if canImport(Darwin)
    static let streamSocket = SOCK_STREAM
    /// Not needed here: SO_NOSIGPIPE is set on every socket instead.
    static let sendFlags: Int32 = 0
    /// The event that poll reports once the peer has sent its last byte.
    static let peerHasFinished = Int16(POLLHUP)

    // This system cannot open descriptors that children do not inherit, so they are marked right after.
    static func accept(_ listener: Int32) -> Int32 { marked(Foundation.accept(listener, nil, nil)) }

    static func pipe() -> (reading: Int32, writing: Int32)? {
      var ends: [Int32] = [-1, -1]
      guard Foundation.pipe(&ends) == 0 else { return nil }
      return (marked(ends[0]), marked(ends[1]))
    }
  #else
    // Child processes started meanwhile must not inherit the socket, or the peer would not see it close.
    static let streamSocket = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    static let sendFlags = Int32(MSG_NOSIGNAL)
    /// POLLRDHUP, which Glibc's module leaves out.
    static let peerHasFinished: Int16 = 0x2000

    static func accept(_ listener: Int32) -> Int32 {
      guard let accept4 else { return marked(Foundation.accept(listener, nil, nil)) }
      return accept4(listener, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
    }

    static func pipe() -> (reading: Int32, writing: Int32)? {
      var ends: [Int32] = [-1, -1]
      if let pipe2 { return pipe2(&ends, O_CLOEXEC) == 0 ? (ends[0], ends[1]) : nil }
      guard Foundation.pipe(&ends) == 0 else { return nil }
      return (marked(ends[0]), marked(ends[1]))
    }

    // Glibc's module leaves these two out.
    private typealias Accept4 =
      @convention(c) (Int32, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, Int32) -> Int32
    private typealias Pipe2 = @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32
    private static let accept4 = dlsym(nil, "accept4").map { unsafeBitCast($0, to: Accept4.self) }
    private static let pipe2 = dlsym(nil, "pipe2").map { unsafeBitCast($0, to: Pipe2.self) }
  #endif

  private static func marked(_ descriptor: Int32) -> Int32 {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

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

  /// Starts a thread that can be waited for, unlike Foundation's.
  static func startThread(_ body: @escaping @Sendable () -> Void) throws(TestServerError) -> UInt {
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
      throw .system(call: "pthread_create", code: result)
    }
    return number(thread)
  }

  static var currentThread: UInt { number(pthread_self()) }

  /// Waits until a thread has ended.
  static func join(_ thread: UInt) {
    if let thread = handle(thread) { pthread_join(thread, nil) }
  }

  /// Detaches a thread, so that nobody has to wait for it.
  static func detach(_ thread: UInt) {
    if let thread = handle(thread) { pthread_detach(thread) }
  }

  #if canImport(Darwin)
    // A number can be sent from thread to thread; a pointer cannot.
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

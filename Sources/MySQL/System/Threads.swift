import Foundation

/// Threads of the system. Foundation's `Thread` would make a program that is linked statically four times as large.
enum Threads {
  /// Runs the closure on a new thread. Returns whether the thread could be started.
  @discardableResult
  static func start(
    _ name: String, stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void
  ) -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    if let stackSize { pthread_attr_setstacksize(&attributes, stackSize) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let context = Unmanaged.passRetained(Body(name: name, run: body))
    #if canImport(Darwin)
      var thread: pthread_t?
      let result = pthread_create(&thread, &attributes, { runThread($0) }, context.toOpaque())
    #else
      var thread = pthread_t()
      let result = pthread_create(&thread, &attributes, { runThread($0) }, context.toOpaque())
    #endif
    if result != 0 { context.release() }
    return result == 0
  }

  fileprivate final class Body {
    let name: String
    let run: @Sendable () -> Void

    init(name: String, run: @escaping @Sendable () -> Void) {
      self.name = name
      self.run = run
    }
  }

  /// Names the calling thread, for debuggers and `ps -L`.
  fileprivate static func setName(_ name: String) {
    #if canImport(Darwin)
      pthread_setname_np(name)
    #else
      if let setName { _ = setName(pthread_self(), name) }
    #endif
  }

  #if !canImport(Darwin)
    // Glibc's module leaves it out.
    private typealias SetName = @convention(c) (pthread_t, UnsafePointer<CChar>) -> Int32
    private static let setName = dlsym(nil, "pthread_setname_np").map { unsafeBitCast($0, to: SetName.self) }
  #endif
}

/// The context is a `Threads.Body` that this call takes over.
private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  let body = Unmanaged<Threads.Body>.fromOpaque(context).takeRetainedValue()
  Threads.setName(body.name)
  body.run()
  return nil
}

import Dispatch
import Foundation
import Synchronization

/// A listener that serves every connection on its own thread.
final class Acceptor: Sendable {
  let address: ServerAddress
  let interrupt: Interrupt
  let threads: ServerThreads
  private let listener: Int32
  private let isStopped = Mutex(false)
  /// Signaled when everything has ended, and again by each caller that has waited for it.
  private let ended = DispatchSemaphore(value: 0)

  /// A connection, and what its threads need.
  struct Incoming: Sendable {
    /// The number of connections before this one.
    let index: Int
    let socket: Socket
    let interrupt: Interrupt
    let threads: ServerThreads
  }

  /// Starts listening. Calls the closure for each connection, which the closure must close. The closure must not hold
  /// the object that stops this acceptor.
  init(
    _ address: ServerAddress, _ threads: ServerThreads = ServerThreads(),
    serve: @escaping @Sendable (Incoming) -> Void
  ) throws(TestServerError) {
    let interrupt = try Interrupt()
    let listener = try Self.listen(at: address)
    self.threads = threads
    self.interrupt = interrupt
    self.listener = listener
    self.address = address.bound(by: listener)
    do {
      try threads.start { [threads] in
        Self.accept(listener, interrupt, threads, serve)
      }
    } catch {
      Self.close(listener, at: self.address)
      throw error
    }
  }

  /// Ends all connections and waits for all threads, even if another caller is already stopping this. Called on one of
  /// the threads, it does not wait for that thread, nor for a stop that is already in progress.
  func stop() {
    let isFirst = isStopped.withLock { isStopped in
      defer { isStopped = true }
      return !isStopped
    }
    guard isFirst else {
      if !threads.haveCurrent { waitForEnd() }
      return
    }
    interrupt.raise()
    threads.joinAll()
    Self.close(listener, at: address)
    interrupt.close()
    ended.signal()
  }

  private func waitForEnd() {
    ended.wait()
    ended.signal()
  }

  /// Closes a listener, and removes its file if it is a unix socket.
  private static func close(_ listener: Int32, at address: ServerAddress) {
    Foundation.close(listener)
    if case .unix(let path) = address { unlink(path) }
  }

  static func listen(
    at address: ServerAddress, by listen: (Int32, Int32) -> Int32 = Foundation.listen
  ) throws(TestServerError) -> Int32 {
    let listener = socket(address.family, Platform.streamSocket, 0)
    guard listener >= 0 else { throw .lastCall("socket") }
    var isBound = false
    do throws(TestServerError) {
      Platform.adopt(listener)
      var one: Int32 = 1
      setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
      guard try address.withSystemAddress({ bind(listener, $0, $1) }) == 0 else { throw .lastCall("bind") }
      isBound = true
      guard listen(listener, 1024) == 0 else { throw .lastCall("listen") }
      return listener
    } catch {
      // The file belongs to someone else, unless it was created here.
      if isBound { close(listener, at: address) } else { Foundation.close(listener) }
      throw error
    }
  }

  private static func accept(
    _ listener: Int32, _ interrupt: Interrupt, _ threads: ServerThreads,
    _ serve: @escaping @Sendable (Incoming) -> Void
  ) {
    var index = 0
    while (try? interrupt.wait(listener, for: Int16(POLLIN), until: nil)) != nil {
      let descriptor = Platform.accept(listener)
      guard descriptor >= 0 else {
        // Perhaps there are no descriptors left; the connection stays in the queue.
        try? interrupt.sleep(for: .milliseconds(5))
        continue
      }
      let incoming = Incoming(
        index: index, socket: Socket(descriptor, interrupt), interrupt: interrupt, threads: threads)
      index += 1
      try? threads.start { serve(incoming) }
    }
  }
}

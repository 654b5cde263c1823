import Foundation
import Synchronization

/// Listens, and serves every connection on a thread of its own.
final class Acceptor: Sendable {
  let address: ServerAddress
  let interrupt: Interrupt
  let threads = ServerThreads()
  private let listener: Int32
  private let isStopped = Mutex(false)

  /// A connection, and what its threads need.
  struct Incoming: Sendable {
    /// How many connections there were before.
    let index: Int
    let socket: Socket
    let interrupt: Interrupt
    let threads: ServerThreads
  }

  /// Calls the closure for each connection, which the closure closes. It must not hold whoever stops this.
  init(
    _ address: ServerAddress, serve: @escaping @Sendable (Incoming) -> Void
  ) throws(TestServerError) {
    let interrupt = try Interrupt()
    let listener = try Self.listen(at: address)
    self.interrupt = interrupt
    self.listener = listener
    self.address = address.bound(by: listener)
    do {
      try threads.start { [threads] in
        Self.accept(listener, interrupt, threads, serve)
      }
    } catch {
      Foundation.close(listener)
      throw error
    }
  }

  /// Ends all connections and waits for all threads. Called on one of them, it does not wait for that one.
  func stop() {
    let isFirst = isStopped.withLock { isStopped in
      defer { isStopped = true }
      return !isStopped
    }
    guard isFirst else { return }
    interrupt.raise()
    threads.joinAll()
    Foundation.close(listener)
    interrupt.close()
    if case .unix(let path) = address { unlink(path) }
  }

  private static func listen(at address: ServerAddress) throws(TestServerError) -> Int32 {
    let listener = socket(address.family, Platform.streamSocket, 0)
    guard listener >= 0 else { throw .lastCall("socket") }
    do throws(TestServerError) {
      Platform.adopt(listener)
      var one: Int32 = 1
      setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
      guard try address.withSystemAddress({ bind(listener, $0, $1) }) == 0 else { throw .lastCall("bind") }
      guard Foundation.listen(listener, 1024) == 0 else { throw .lastCall("listen") }
      return listener
    } catch {
      Foundation.close(listener)
      throw error
    }
  }

  private static func accept(
    _ listener: Int32, _ interrupt: Interrupt, _ threads: ServerThreads,
    _ serve: @escaping @Sendable (Incoming) -> Void
  ) {
    var index = 0
    while (try? interrupt.wait(listener, for: Int16(POLLIN), until: nil)) != nil {
      let descriptor = Foundation.accept(listener, nil, nil)
      guard descriptor >= 0 else {
        // Out of descriptors, perhaps: the connection stays in line.
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

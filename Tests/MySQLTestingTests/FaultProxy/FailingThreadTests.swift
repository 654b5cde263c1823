import Foundation
import Testing

@testable import MySQLTesting

#if os(Linux)
  #if !THREAD_SANITIZER
    import Synchronization
  #endif

  /// A proxy needs two threads for each connection: one for the client's bytes, and then one for the server's. Each
  /// test has a process of its own, where nothing else opens descriptors or starts threads.
  @Suite(.timed) struct FailingThreadTests {
    @Test func aConnectionWithoutItsSecondThreadIsResetAndLeavesNothing() async {
      await #expect(processExitsWith: .success) {
        try expectRefusals(.reset) { start in
          start > 1 && start % 2 == 1
        } check: { proxy, count in
          waitUntil { proxy.errors.count == count }
          #expect(proxy.errors == Array(repeating: exhausted, count: count))
          #expect(proxy.connectionCount == count)
        }
      }
    }

    @Test func aConnectionWithoutItsFirstThreadIsClosedAndLeavesNothing() async {
      await #expect(processExitsWith: .success) {
        try expectRefusals(.end) { start in
          start > 1
        } check: { proxy, _ in
          #expect(proxy.errors.isEmpty && proxy.connectionCount == 0)
        }
      }
    }

    @Test func theNextConnectionIsServed() async {
      await #expect(processExitsWith: .success) {
        let server = try ScriptedServer.echo()
        // The acceptor's thread, the first client's only one, and then the failure.
        let proxy = try FaultProxy(to: server.address, on: threads { $0 == 3 }) { _ in FaultPlan() }
        let refused = try RawClient(port: proxy.port)
        #expect(throws: RawClient.Failure.reset) { try refused.receive() }
        let client = try RawClient(port: proxy.port)
        try client.send(framed([7]))
        #expect(try client.receive(exactly: 5) == framed([7], sequence: 1))
        #expect(proxy.openConnectionCount == 1)
      }
    }
  }

  private let exhausted = TestServerError.system(call: "pthread_create", code: EAGAIN)

  /// How a client is turned away.
  private enum Refusal { case reset, end }

  /// Returns threads that do not start if the closure says so of their number, counted from 1.
  private func threads(_ fails: @escaping @Sendable (Int) -> Bool) -> ServerThreads {
    let count = Mutex(0)
    return ServerThreads { (body) throws(TestServerError) in
      let start = count.withLock { count in
        count += 1
        return count
      }
      if fails(start) { throw exhausted }
      return try Platform.startThread(body)
    }
  }

  /// Connects many clients to a proxy whose threads fail in this way. Expects that each is turned away, and that the
  /// running proxy keeps nothing of them.
  private func expectRefusals(
    _ refusal: Refusal, _ fails: @escaping @Sendable (Int) -> Bool,
    check: (FaultProxy, _ count: Int) throws -> Void
  ) throws {
    func count(_ folder: String) throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/" + folder).count
    }
    let server = try ScriptedServer.echo()
    let proxy = try FaultProxy(to: server.address, on: threads(fails)) { _ in FaultPlan() }
    let base = (descriptors: try count("fd"), threads: try count("task"))
    for _ in 0..<20 {
      let client = try RawClient(port: proxy.port)
      switch refusal {
      case .reset: #expect(throws: RawClient.Failure.reset) { try client.receive() }
      case .end: #expect(try client.receive() == [])
      }
    }
    try check(proxy, 20)
    #expect(proxy.openConnectionCount == 0)
    waitUntil { server.connections.allSatisfy(\.hasEnded) }
    #expect(server.connections.allSatisfy { $0.hasEnded })
    // If each client left one, there would be many. The test's own may be one or two.
    func now() -> (descriptors: Int, threads: Int) {
      ((try? count("fd")) ?? .max, (try? count("task")) ?? .max)
    }
    waitUntil { now().descriptors <= base.descriptors + 2 && now().threads <= base.threads + 2 }
    let left = now()
    #expect(left.descriptors <= base.descriptors + 2 && left.threads <= base.threads + 2)
    proxy.stop()
  }
#endif

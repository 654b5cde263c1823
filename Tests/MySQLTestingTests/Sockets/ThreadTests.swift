import Foundation
import Testing

@testable import MySQLTesting

#if !THREAD_SANITIZER
  // Under the sanitizer, the lock is that of MySQLTesting, which the sanitizer understands.
  import Synchronization
#endif

@Suite(.timed) struct ThreadTests {
  @Test func saysWhyNoThreadStarts() throws {
    let exhausted = TestServerError.system(call: "pthread_create", code: EAGAIN)
    let threads = ServerThreads { (_) throws(TestServerError) in throw exhausted }
    #expect(throws: exhausted) { try threads.start {} }
    threads.joinAll()
    #expect(throws: TestServerError.stopped) { try threads.start {} }
  }

  @Test func opensDescriptorsThatChildrenDoNotGet() throws {
    let ends = try #require(Platform.pipe())
    defer { for end in [ends.reading, ends.writing] { close(end) } }
    #expect(fcntl(ends.reading, F_GETFD) & FD_CLOEXEC != 0 && fcntl(ends.writing, F_GETFD) & FD_CLOEXEC != 0)
    let server = try ScriptedServer { try $0.stall() }
    defer { server.stop() }
    let client = socket(AF_INET, Platform.streamSocket, 0)
    defer { close(client) }
    #expect(fcntl(client, F_GETFD) & FD_CLOEXEC != 0)
  }

  @Test func everyStopWaitsForTheEnd() throws {
    let isServing = Mutex(false)
    let server = try ScriptedServer { connection in
      isServing.withLock { $0 = true }
      _ = try? connection.readPacket()
      // Ends late.
      usleep(300_000)
      isServing.withLock { $0 = false }
    }
    let client = try RawClient(port: server.port)
    waitUntil { isServing.withLock { $0 } }
    Thread.detachNewThread { server.stop() }
    usleep(50_000)
    server.stop()
    #expect(!isServing.withLock { $0 })
    withExtendedLifetime(client) {}
  }

  @Test func leavesNoSocketFileWhereItCannotListen() throws {
    let path = NSTemporaryDirectory() + "stop-\(getpid()).sock"
    // If the thread does not start, that fails after the path is bound.
    let exhausted = TestServerError.system(call: "pthread_create", code: EAGAIN)
    #expect(throws: exhausted) {
      _ = try Acceptor(.unix(path: path), ServerThreads { (_) throws(TestServerError) in throw exhausted }) {
        _ in
      }
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}

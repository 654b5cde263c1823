import Foundation
import Testing

@testable import MySQLTesting

@Suite(.timed) struct ListeningTests {
  @Test(arguments: [ServerAddress.loopback, .unix(path: NSTemporaryDirectory() + "accept-\(getpid()).sock")])
  func childrenDoNotGetWhatIsAccepted(address: ServerAddress) throws {
    let listener = try Acceptor.listen(at: address)
    defer {
      close(listener)
      if case .unix(let path) = address { unlink(path) }
    }
    let interrupt = try Interrupt()
    let client = try Socket(to: address.bound(by: listener), interrupt, until: .now + .seconds(5))
    #expect(try interrupt.wait(listener, for: Int16(POLLIN), until: .now + .seconds(5)) != 0)
    let accepted = Platform.accept(listener)
    defer { close(accepted) }
    let flags = fcntl(accepted, F_GETFD)
    #expect(flags >= 0 && flags & FD_CLOEXEC != 0)
    withExtendedLifetime(client) {}
  }

  /// The process is the test's own, so that no other test opens a descriptor with the same number.
  @Test func whatDoesNotListenIsClosed() async {
    await #expect(processExitsWith: .success) {
      let path = NSTemporaryDirectory() + "listen-\(getpid()).sock"
      for address in [ServerAddress.loopback, .unix(path: path)] {
        var opened: Int32 = -1
        #expect(throws: TestServerError.system(call: "listen", code: EADDRINUSE)) {
          _ = try Acceptor.listen(at: address) { descriptor, _ in
            opened = descriptor
            errno = EADDRINUSE
            return -1
          }
        }
        #expect(opened >= 0 && fcntl(opened, F_GETFD) < 0 && errno == EBADF)
        #expect(!FileManager.default.fileExists(atPath: path))
      }
    }
  }
}

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

  /// The descriptor's number may belong to another file by then, so the files are compared. The process is the test's
  /// own.
  @Test func whatDoesNotListenIsClosed() async {
    await #expect(processExitsWith: .success) {
      let path = NSTemporaryDirectory() + "listen-\(getpid()).sock"
      for address in [ServerAddress.loopback, .unix(path: path)] {
        var (opened, file, now) = (Int32(-1), stat(), stat())
        #expect(throws: TestServerError.system(call: "listen", code: EADDRINUSE)) {
          _ = try Acceptor.listen(at: address) { descriptor, _ in
            opened = descriptor
            fstat(descriptor, &file)
            errno = EADDRINUSE
            return -1
          }
        }
        #expect(opened >= 0 && file.st_ino != 0)
        #expect(fstat(opened, &now) < 0 || now.st_ino != file.st_ino)
        #expect(!FileManager.default.fileExists(atPath: path))
      }
    }
  }
}

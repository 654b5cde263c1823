import Foundation
import Testing

@testable import MySQL

/// `PollPoller`, and `EpollPoller` where the system has epoll.
@Suite(.timed) struct PollerTests {
  enum Kind: String, CaseIterable {
    case poll
    #if os(Linux)
      case epoll
    #endif

    func make() throws -> any Poller {
      switch self {
      case .poll: return PollPoller()
      #if os(Linux)
        case .epoll: return try #require(EpollPoller())
      #endif
      }
    }
  }

  private func ready(_ poller: inout any Poller, within milliseconds: Int32 = 0) -> [Int32: Readiness] {
    var list: [ReadyDescriptor] = []
    poller.wait(milliseconds: milliseconds, into: &list)
    return Dictionary(list.map { ($0.descriptor, $0.readiness) }) { $0.union($1) }
  }

  @Test(arguments: Kind.allCases) func reportsOnlyWhatIsWaitedFor(kind: Kind) throws {
    let (near, far) = try Socket.pair()
    var poller = try kind.make()
    poller.watch(near.descriptor, for: .read)
    var found = ready(&poller)
    #expect(found == [:])
    try far.write([1])
    let cases: [(Readiness, Readiness?)] = [
      (.read, .read), ([.read, .write], [.read, .write]), (.write, .write), ([], nil), (.read, .read),
    ]
    for (interest, readiness) in cases {
      poller.watch(near.descriptor, for: interest)
      found = ready(&poller)
      #expect(found[near.descriptor] == readiness)
    }
    _ = try near.readAll()
    found = ready(&poller)
    #expect(found == [:])
    withExtendedLifetime(far) {}
  }

  @Test(arguments: Kind.allCases) func tellsSocketsApart(kind: Kind) throws {
    let (first, second) = (try Socket.pair(), try Socket.pair())
    var poller = try kind.make()
    poller.watch(first.0.descriptor, for: .read)
    poller.watch(second.0.descriptor, for: .read)
    try second.1.write([1])
    var found = ready(&poller)
    #expect(found == [second.0.descriptor: .read])
    try first.1.write([1])
    found = ready(&poller)
    #expect(found == [first.0.descriptor: .read, second.0.descriptor: .read])
    withExtendedLifetime((first, second)) {}
  }

  @Test(arguments: Kind.allCases) func reportsAPeerThatIsGone(kind: Kind) throws {
    let (near, far) = try Socket.pair()
    far.shutDown()
    var poller = try kind.make()
    poller.watch(near.descriptor, for: .read)
    let found = ready(&poller)
    #expect(found[near.descriptor]?.contains(.read) == true)
  }

  @Test(arguments: Kind.allCases) func reportsNothingOfWhatItHasForgotten(kind: Kind) throws {
    let (near, far) = try Socket.pair()
    var poller = try kind.make()
    poller.watch(near.descriptor, for: [.read, .write])
    try far.write([1])
    poller.forget(near.descriptor)
    poller.forget(near.descriptor)
    var found = ready(&poller)
    #expect(found == [:])
    poller.watch(near.descriptor, for: .read)
    found = ready(&poller)
    #expect(found == [near.descriptor: .read])
    withExtendedLifetime(far) {}
  }

  @Test(arguments: Kind.allCases) func waitsUntilTheTimeIsOver(kind: Kind) throws {
    let (near, far) = try Socket.pair()
    var poller = try kind.make()
    poller.watch(near.descriptor, for: .read)
    let start = ContinuousClock.now
    let found = ready(&poller, within: 50)
    #expect(found == [:])
    #expect(start.duration(to: .now) > .milliseconds(45))
    withExtendedLifetime((near, far)) {}
  }

  @Test(arguments: Kind.allCases) func aPipeEndsAWait(kind: Kind) throws {
    let pipe = try #require(WakePipe())
    var poller = try kind.make()
    poller.watch(pipe.descriptor, for: .read)
    Thread.detachNewThread {
      usleep(20_000)
      pipe.wake()
    }
    var found = ready(&poller, within: 30_000)
    #expect(found == [pipe.descriptor: .read])
    pipe.drain()
    found = ready(&poller)
    #expect(found == [:])
  }
}

import Foundation

/// What only the event loop's thread touches: the sockets it watches, and the alarms.
struct EventLoopState {
  /// How other threads wake this one.
  var wakePipe: WakePipe? {
    didSet { if let wakePipe { poller.watch(wakePipe.descriptor, for: .read) } }
  }
  private var poller: any Poller = PollPoller()
  /// The sockets by descriptor: the system assigns the lowest number that is free.
  private var watched: [Watched?] = []
  private var watchedCount = 0
  private var alarms = AlarmQueue<ObjectIdentifier, any EventHandler>()
  private var ready: [ReadyDescriptor] = []
  private var isPollerForMany = false
  /// The buffer that sockets are read into. Servers flush at 16 KiB; more than 64 KiB gains nothing.
  private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

  /// The reference to the socket keeps its descriptor's number from being given to another one. An object, because a
  /// structure would be copied for each event.
  private final class Watched {
    let socket: Socket
    let handler: any EventHandler
    var interest: Readiness

    init(_ socket: Socket, _ handler: any EventHandler, _ interest: Readiness) {
      self.socket = socket
      self.handler = handler
      self.interest = interest
    }
  }

  /// The number of sockets at which poll and epoll cost about the same: poll takes 0.1 µs more for each, epoll does
  /// not.
  private static var pollLimit: Int { 16 }
  /// How many milliseconds the loop sleeps at most while nothing can wake it.
  private static var unwakeableSleep: Int32 { 10 }

  var earliestAlarm: Deadline? { alarms.earliest }

  mutating func carryOut(_ request: EventLoop.Request) {
    switch request {
    case .add(let socket, let handler, let interest):
      let place = Int(socket.descriptor)
      if place >= watched.count {
        watched.append(contentsOf: repeatElement(nil, count: place + 1 - watched.count))
      }
      if watched[place] == nil { watchedCount += 1 }
      watched[place] = Watched(socket, handler, interest)
      poller.watch(socket.descriptor, for: interest)
      moveToPollerForMany()
    case .watch(let socket, let interest):
      guard isWatched(socket) else { return }
      watched[Int(socket.descriptor)]?.interest = interest
      // A descriptor that hung up is always ready, whatever it is watched for.
      if interest.isEmpty {
        poller.forget(socket.descriptor)
      } else {
        poller.watch(socket.descriptor, for: interest)
      }
    case .remove(let socket):
      guard isWatched(socket), let entry = watched[Int(socket.descriptor)].take() else { return }
      watchedCount -= 1
      poller.forget(socket.descriptor)
      alarms.remove(ObjectIdentifier(entry.handler))
    case .wake(let handler, let deadline): alarms.set(deadline, for: ObjectIdentifier(handler), handler)
    case .disarm(let handler): alarms.remove(ObjectIdentifier(handler))
    case .run(let body): body()
    }
  }

  private func isWatched(_ socket: Socket) -> Bool {
    let place = Int(socket.descriptor)
    return place < watched.count && watched[place]?.socket === socket
  }

  mutating func wait(mayBlock: Bool) {
    var most = alarms.earliest.map { $0.nanosecondsLeft.pollMilliseconds } ?? -1
    if wakePipe == nil { most = most < 0 ? Self.unwakeableSleep : min(most, Self.unwakeableSleep) }
    poller.wait(milliseconds: mayBlock ? most : 0, into: &ready)
  }

  /// Calls the handlers of the sockets that are ready, then those whose alarm is due: a response that has arrived takes
  /// precedence over the deadline.
  mutating func dispatch() {
    ready.reverse()
    while let event = ready.popLast() {
      if let wakePipe, event.descriptor == wakePipe.descriptor {
        wakePipe.drain()
      } else {
        watched[Int(event.descriptor)]?.handler.isReady(event.readiness, scratch)
      }
    }
    guard alarms.earliest?.hasPassed == true else { return }
    let now = Deadline.now
    while let handler = alarms.removeFirst(by: now) { handler.alarm() }
  }

  private mutating func moveToPollerForMany() {
    guard !isPollerForMany, watchedCount > Self.pollLimit else { return }
    isPollerForMany = true
    guard var many = Platform.pollerForMany() else { return }
    if let wakePipe { many.watch(wakePipe.descriptor, for: .read) }
    for case let entry? in watched where !entry.interest.isEmpty {
      many.watch(entry.socket.descriptor, for: entry.interest)
    }
    poller = many
  }
}

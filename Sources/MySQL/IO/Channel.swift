import Foundation
import MySQLWire
import Synchronization

/// One connection: a socket, the session that its bytes drive, and the mailbox for what they mean. Callers
/// write on their own thread; the event loop finishes what the socket does not take, reads, and fills the
/// mailbox. Once anything fails, the channel is dead and its socket closed.
final class Channel: EventHandler {
  private let link: Mutex<Link>
  private let mailbox = Mutex(Mailbox())
  private let loop: EventLoop
  private let descriptor: Int32

  /// What sending and reading change. Locked before the mailbox, where both are.
  private struct Link: ~Copyable {
    /// Nil once the channel is dead.
    var socket: Socket?
    var session: Session
    var outbound = OutboundQueue()
    var interest: Readiness = .read
    /// Who waits until what was written has gone out.
    var flushWaiter: UnsafeContinuation<Void, Never>?
    /// Who wants to know when the channel dies.
    var closed: (@Sendable (MySQLError) -> Void)?
    var received = 0
    var sent = 0
    /// How many bytes of the result under way have been received.
    var streamed = 0
    var briefWait = BriefWait()
    /// Whether the consumer reads the socket, and the loop does not watch it. Never so while the consumer
    /// sleeps or output waits, and not for long while the connection is idle.
    var isReadByConsumer = false
  }

  /// A result of so many bytes is a long one, whose reading may rest.
  private static var longResult: Int { 256 << 10 }

  /// A source of data waits with more than so many bytes on the way out.
  private static var outboundLimit: Int { 256 << 10 }

  init(_ socket: Socket, _ session: consuming Session, on loop: EventLoop) {
    descriptor = socket.descriptor
    self.loop = loop
    link = Mutex(Link(socket: socket, session: session))
    loop.add(descriptor, self, for: .read)
  }

  /// Uses the session, writes what that put out, and leaves the rest to the loop.
  ///
  /// - Throws: What the closure throws, or why the channel is dead. Then nothing was written.
  func send<E: Error>(
    _ body: (inout Session) throws(E) -> Void, orElse misused: (E) -> MySQLError
  ) throws(MySQLError) {
    var resumption: Resumption?
    let failure = link.withLock { link -> MySQLError? in
      guard link.socket != nil else { return closedError }
      do throws(E) {
        try body(&link.session)
      } catch {
        return misused(error)
      }
      link.outbound.append(link.session.takeOutput())
      // Something was sent, or may have been: who waits for the answer gets the error.
      if let error = flush(&link) { resumption = shutDown(&link, error).map { .failure($0, error) } }
      return nil
    }
    resumption?.resume()
    if let failure { throw failure }
  }

  /// The next event, which is waited for if need be.
  ///
  /// - Throws: Why there is none: the connection failed, the deadline passed, the task was cancelled. The
  ///   connection is then closed.
  func next() async throws(MySQLError) -> Event {
    if let event = try take() { return event }
    let isAlone = loop.consumers.add(1, ordering: .relaxed).oldValue == 0
    defer { loop.consumers.subtract(1, ordering: .relaxed) }
    // Where several wait, the loop serves them together, and threads have better things to do.
    if isAlone, let event = try readBriefly() { return event }
    let result = await withTaskCancellationHandler {
      await withUnsafeContinuation { (waiter: Mailbox.Waiter) in wait(waiter) }
    } onCancel: {
      cancel()
    }
    return try result.get()
  }

  /// Waits until little is left of what was written.
  func flushed() async {
    let mustWait = link.withLock { $0.socket != nil && $0.outbound.count > Self.outboundLimit }
    guard mustWait else { return }
    await withTaskCancellationHandler {
      await withUnsafeContinuation { (waiter: UnsafeContinuation<Void, Never>) in
        let isDone = link.withLock { link in
          if link.socket == nil || link.outbound.count <= Self.outboundLimit { return true }
          link.flushWaiter = waiter
          return false
        }
        if isDone { waiter.resume() }
      }
    } onCancel: {
      cancel()
    }
  }

  /// Sets until when the exchange under way has time; nil for ever.
  func setDeadline(_ deadline: Deadline?, for stage: String) {
    // Under the link's lock, like `alarm`: an alarm for one exchange must not end the next.
    link.withLock { _ in
      mailbox.withLock {
        $0.deadline = deadline
        $0.stage = stage
      }
    }
    if let deadline { loop.wake(self, by: deadline) }
  }

  /// Why the channel is dead, if it is.
  var failure: MySQLError? { mailbox.withLock { $0.failure } }

  var hasDeadline: Bool { mailbox.withLock { $0.deadline != nil } }

  /// Calls the closure once the socket is closed, on the loop's thread, in place of what was to be called
  /// before. Of a channel that is dead already it hears nothing.
  func whenClosed(_ body: @escaping @Sendable (MySQLError) -> Void) {
    link.withLock { $0.closed = body }
  }

  /// Ends the channel: whoever waits, and whoever calls from now on, gets the error.
  func fail(_ error: MySQLError) {
    let waiter = link.withLock { shutDown(&$0, error) }
    waiter?.resume(returning: .failure(error))
  }

  /// Ends the channel because the task that uses it was cancelled.
  private func cancel() {
    fail(
      MySQLError(
        .cancelled, "the task was cancelled while it waited; the connection is closed", reach: .unknown))
  }

  /// Ends the channel and waits until its descriptor is closed.
  func close(_ error: MySQLError) async {
    fail(error)
    await withUnsafeContinuation { (done: UnsafeContinuation<Void, Never>) in
      loop.run { done.resume() }
    }
  }

  /// Looks at the session, or uses it where that writes nothing.
  func withSession<R>(_ body: (inout Session) -> R) -> R {
    link.withLock { body(&$0.session) }
  }

  /// How many bytes went each way.
  var traffic: (received: Int, sent: Int) { link.withLock { ($0.received, $0.sent) } }

  var isDead: Bool { link.withLock { $0.socket == nil } }

  func isReady(_ readiness: Readiness, _ scratch: UnsafeMutableRawBufferPointer) {
    var flushWaiter: UnsafeContinuation<Void, Never>?
    let resumption = link.withLock { link -> Resumption? in
      if readiness.contains(.write) {
        if let error = flush(&link) { return shutDown(&link, error).map { .failure($0, error) } }
        if link.outbound.count <= Self.outboundLimit { flushWaiter = link.flushWaiter.take() }
      }
      guard readiness.contains(.read), link.interest.contains(.read) else { return nil }
      return read(&link, scratch)
    }
    flushWaiter?.resume()
    resumption?.resume()
  }

  func alarm() {
    let resumption = link.withLock { link -> Resumption? in
      let (deadline, stage) = mailbox.withLock { ($0.deadline, $0.stage) }
      guard let deadline, link.socket != nil else { return nil }
      guard deadline.hasPassed else {
        loop.wake(self, by: deadline)
        return nil
      }
      let error = MySQLError(
        .timeout, "timed out waiting for \(stage); the connection is closed", reach: .unknown)
      return shutDown(&link, error).map { .failure($0, error) }
    }
    resumption?.resume()
  }

  /// Who goes on, with what.
  private enum Resumption {
    case event(Mailbox.Waiter, Event)
    case failure(Mailbox.Waiter, MySQLError)

    func resume() {
      switch self {
      case .event(let waiter, let event): waiter.resume(returning: .success(event))
      case .failure(let waiter, let error): waiter.resume(returning: .failure(error))
      }
    }
  }

  private var closedError: MySQLError {
    mailbox.withLock { $0.failure }.map { failure in
      MySQLError(.connectionClosed, "the connection is closed: \(failure.message)", server: failure.server)
    } ?? MySQLError(.connectionClosed, "the connection is closed")
  }

  /// The next event if it has arrived.
  ///
  /// - Throws: As `next()` does.
  func take() throws(MySQLError) -> Event? {
    switch mailbox.withLock({ $0.take() }) {
    case .event(let event, let resumesReading):
      if resumesReading { loop.run { [self] in resumeReading() } }
      return event
    case .failure(let error): throw error
    case .nothingYet: return nil
    }
  }

  /// Reads on the caller's thread for a moment, and answers the next event if it comes in that time.
  private func readBriefly() throws(MySQLError) -> Event? {
    guard link.withLock({ $0.streamed < Self.longResult && $0.briefWait.shouldTry() }) else { return nil }
    let deadline = Deadline.after(BriefWait.duration)
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)
    defer { scratch.deallocate() }
    repeat {
      link.withLock { link in read(&link, scratch) }?.resume()
      if let event = try take() {
        link.withLock { link in
          link.briefWait.succeeded()
          if link.briefWait.isConfident, !link.isReadByConsumer { takeReading(&link) }
        }
        return event
      }
      // Where there is one processor, the server needs it to answer.
      sched_yield()
    } while !deadline.hasPassed
    link.withLock { $0.briefWait.failed() }
    return nil
  }

  /// The consumer reads from now on. An idle connection is given back to the loop within two periods.
  private func takeReading(_ link: inout Link) {
    link.isReadByConsumer = true
    setInterest(&link, reads: false)
    giveBackReading(ifIdleSince: link.briefWait.streak)
  }

  private func giveBackReading(ifIdleSince streak: Int) {
    loop.call(by: .after(.milliseconds(10))) { [weak self] in
      guard let self else { return }
      let latest = link.withLock { link in
        if link.briefWait.streak == streak { giveBackReading(&link) }
        return link.isReadByConsumer ? link.briefWait.streak : nil
      }
      if let latest { giveBackReading(ifIdleSince: latest) }
    }
  }

  /// The loop reads from now on.
  private func giveBackReading(_ link: inout Link) {
    guard link.isReadByConsumer else { return }
    link.isReadByConsumer = false
    if link.socket != nil, !mailbox.withLock({ $0.isPaused }) { setInterest(&link, reads: true) }
  }

  private func wait(_ waiter: Mailbox.Waiter) {
    link.withLock { giveBackReading(&$0) }
    let taken = mailbox.withLock { mailbox in
      let taken = mailbox.take()
      if case .nothingYet = taken { mailbox.wait(waiter) }
      return taken
    }
    switch taken {
    case .event(let event, let resumesReading):
      if resumesReading { loop.run { [self] in resumeReading() } }
      waiter.resume(returning: .success(event))
    case .failure(let error): waiter.resume(returning: .failure(error))
    case .nothingYet: break
    }
  }

  private func read(_ link: inout Link, _ scratch: UnsafeMutableRawBufferPointer) -> Resumption? {
    do throws(Socket.SystemError) {
      switch try link.socket?.read(into: scratch) {
      case .bytes(let count):
        link.received += count
        link.session.receive(UnsafeRawBufferPointer(rebasing: scratch[..<count]).bytes)
        let resumption = pump(&link)
        link.streamed = link.session.isReceivingRows ? link.streamed + count : 0
        if count < scratch.count / 2 { restIfLong(&link) }
        return resumption
      case .wouldBlock, nil: return nil
      case .end:
        let error = MySQLError(endOf: link.session)
        return shutDown(&link, error).map { .failure($0, error) }
      }
    } catch {
      let error = MySQLError(.connectionLost, "the connection was lost: \(error.text)", reach: .unknown)
      return shutDown(&link, error).map { .failure($0, error) }
    }
  }

  /// Servers send rows in pieces of 16 KiB, and reading each as it comes wakes the consumer for each. Of a
  /// result that has proved long, what comes within a millisecond is read together: a third of the wakes.
  private func restIfLong(_ link: inout Link) {
    guard link.streamed >= Self.longResult, link.interest.contains(.read) else { return }
    setInterest(&link, reads: false)
    loop.call(by: .after(.milliseconds(1))) { [weak self] in self?.endRest() }
  }

  private func endRest() {
    link.withLock { link in
      let isPaused = mailbox.withLock { $0.isPaused }
      if link.socket != nil, !isPaused { setInterest(&link, reads: true) }
    }
  }

  /// Moves events from the session to the mailbox while there is room for their rows.
  private func pump(_ link: inout Link) -> Resumption? {
    var resumption: Resumption?
    var isPaused = false
    var ending: MySQLError?
    do throws(Violation) {
      while !isPaused {
        let event = try link.session.next()
        if case .needsInput = event { break }
        if case .closed(let reason) = event { ending = MySQLError(closing: reason) }
        let served: (Mailbox.Waiter, Event)?
        (served, isPaused) = mailbox.withLock { ($0.leave(event), $0.isPaused) }
        if let served { resumption = .event(served.0, served.1) }
      }
    } catch {
      ending = MySQLError(error)
    }
    setInterest(&link, reads: !isPaused && !link.isReadByConsumer)
    // A login answers by itself.
    if link.session.hasOutput {
      link.outbound.append(link.session.takeOutput())
      if let error = flush(&link) { return shutDown(&link, error).map { .failure($0, error) } ?? resumption }
    }
    guard let ending else { return resumption }
    return shutDown(&link, ending).map { .failure($0, ending) } ?? resumption
  }

  /// The consumer has made room: what the session holds goes first, then the socket is read again.
  private func resumeReading() {
    let resumption = link.withLock { link in link.socket == nil ? nil : pump(&link) }
    resumption?.resume()
  }

  private func flush(_ link: inout Link) -> MySQLError? {
    guard let socket = link.socket else { return nil }
    let before = link.outbound.count
    do throws(Socket.SystemError) {
      try link.outbound.flush(to: socket)
    } catch {
      return MySQLError(.connectionLost, "the connection was lost: \(error.text)", reach: .unknown)
    }
    link.sent += before - link.outbound.count
    if !link.outbound.isEmpty { giveBackReading(&link) }
    setInterest(&link, writes: !link.outbound.isEmpty)
    return nil
  }

  private func setInterest(_ link: inout Link, reads: Bool? = nil, writes: Bool? = nil) {
    var interest = link.interest
    if let reads { if reads { interest.insert(.read) } else { interest.remove(.read) } }
    if let writes { if writes { interest.insert(.write) } else { interest.remove(.write) } }
    guard interest != link.interest else { return }
    link.interest = interest
    loop.watch(descriptor, for: interest)
  }

  private func shutDown(_ link: inout Link, _ error: MySQLError) -> Mailbox.Waiter? {
    link.flushWaiter.take()?.resume()
    guard let socket = link.socket.take() else { return nil }
    socket.shutDown()
    // The loop may be about to poll the descriptor: only there is it safe to give the number away.
    let closed = link.closed.take()
    loop.remove(descriptor) {
      socket.close()
      closed?(error)
    }
    return mailbox.withLock { $0.fail(error) }
  }
}

extension MySQLError {
  /// What it means that the server has closed the connection where the session stands.
  fileprivate init(endOf session: borrowing Session) {
    if session.greeting == nil {
      self.init(
        .connectionLost,
        "the server closed the connection without a word: it may be starting or stopping, or the port is that "
          + "of a proxy with no server behind it")
    } else if session.isIdle {
      self.init(
        .connectionLost, "the server closed the connection while it was idle (wait_timeout, KILL, a restart)",
        reach: .unknown)
    } else {
      self.init(
        .connectionLost, "the server closed the connection before its answer was complete", reach: .unknown)
    }
  }
}

import MySQLWire
import Synchronization

/// One connection: a socket, the session that its bytes drive, and the mailbox for the resulting events. Callers write
/// on their own thread; the event loop writes what the socket did not accept, reads, and fills the mailbox. Once
/// anything fails, the channel is dead and its socket closed.
final class Channel: EventHandler {
  let link: Mutex<Link>
  let mailbox = Mutex(Mailbox())
  /// The events that the reader has taken out of the mailbox and not used yet. The connection's gate ensures that one
  /// command at a time reads.
  private let unread = Mutex(EventQueue())
  let loop: EventLoop
  /// The setup for TLS, in case the session asks for it.
  let tls: TLSSetup?

  /// The state that sending and reading change. Where both are locked, it is locked before the mailbox.
  struct Link: ~Copyable {
    var transport: Transport
    var session: Session
    var policy = ReadPolicy()
    /// What the loop was told to wait for.
    var watched: Readiness = .read
    /// Events on their way to the mailbox.
    var events: [Event] = []
    /// The writer that waits until its bytes have gone out.
    var flushWaiter: UnsafeContinuation<Void, Never>?
    /// Called when the channel dies.
    var closed: (@Sendable (MySQLError) -> Void)?

    var isDead: Bool { transport.socket == nil }
  }

  /// A source of data waits while more than this number of bytes waits to be sent.
  static var outboundLimit: Int { 256 << 10 }

  init(_ socket: Socket, _ session: consuming Session, tls: TLSSetup?, on loop: EventLoop) {
    self.loop = loop
    self.tls = tls
    link = Mutex(Link(transport: Transport(socket), session: session))
    loop.add(socket, self, for: .read)
  }

  /// Lets a closure use the session, writes the output, and leaves to the loop what the socket does not accept.
  ///
  /// - Throws: What the closure throws, or why the channel is dead. Then nothing was written.
  @inline(__always)
  func send(_ body: (inout Session) throws(Misuse) -> Void) throws(MySQLError) {
    var waiter: Mailbox.Waiter?
    let failure = link.withLock { link -> MySQLError? in
      guard !link.isDead else { return closedError }
      do throws(Misuse) {
        try body(&link.session)
      } catch {
        return MySQLError(error)
      }
      // Something was sent, or may have been: the task that waits for the response gets the error.
      if let error = write(&link) { waiter = shutDown(&link, error) }
      return nil
    }
    waiter?.resume(returning: .arrived)
    if let failure { throw failure }
  }

  /// Returns the next event, and waits for it if necessary.
  ///
  /// - Throws: Why there is none: the connection failed, the deadline passed, or the task was cancelled. The connection
  ///   is then closed.
  nonisolated(nonsending) func next() async throws(MySQLError) -> Event {
    while true {
      if let event = try take() { return event }
      try await arrival()
    }
  }

  /// Returns the next event if it has arrived.
  ///
  /// - Throws: As `next()` does.
  func take() throws(MySQLError) -> Event? {
    var taken = Mailbox.Taken.nothingYet
    let event = unread.withLock { unread -> Event? in
      if let event = unread.popFirst() { return event }
      taken = mailbox.withLock { $0.take(into: &unread) }
      return unread.popFirst()
    }
    if case .events(resumesReading: true) = taken { resumeReading() }
    if let event { return try joined(event) }
    if case .failure(let error) = taken { throw error }
    return nil
  }

  /// Waits until something has arrived, or the channel is dead. If the task is cancelled or the time is up, the channel
  /// dies.
  ///
  /// - Throws: `MySQLError` if another consumer is already waiting.
  nonisolated(nonsending) func arrival() async throws(MySQLError) {
    let wake = await withTaskCancellationHandler {
      await withUnsafeContinuation { (waiter: Mailbox.Waiter) in wait(waiter, isInterruptible: false) }
    } onCancel: {
      cancel()
    }
    if case .refused = wake { throw Self.readTwice }
  }

  /// Waits until something has arrived, or the channel is dead. If the wait had to end before that, returns the reason.
  /// May return before that without a reason, and is then to be called again.
  ///
  /// - Parameter isFirst: Whether the caller knows that the task was not cancelled when it sent its command just now.
  /// - Throws: `MySQLError` if another consumer is already waiting.
  @inline(__always)
  nonisolated(nonsending) func interruptibleArrival(
    isFirst: Bool = false
  ) async throws(MySQLError) -> MySQLError? {
    switch await interruptibleWake(isFirst) {
    case .arrived: return nil
    case .refused: throw Self.readTwice
    case .interrupted(let reason): return reason
    }
  }

  @inline(__always)
  private nonisolated(nonsending) func interruptibleWake(_ isFirst: Bool) async -> Mailbox.Wake {
    if mailbox.withLock({ $0.allowsBriefWaits }), isFirst || !Task.isCancelled {
      return await withUnsafeContinuation { wait($0, isInterruptible: true, isBrief: true) }
    }
    return await withTaskCancellationHandler {
      await withUnsafeContinuation { (waiter: Mailbox.Waiter) in
        wait(waiter, isInterruptible: true)
        // The cancellation handler may have run before there was a waiter to interrupt.
        if Task.isCancelled { interruptCancelled() }
      }
    } onCancel: {
      interruptCancelled()
    }
  }

  private func wait(_ waiter: Mailbox.Waiter, isInterruptible: Bool, isBrief: Bool = false) {
    switch mailbox.withLock({ $0.wait(waiter, isInterruptible: isInterruptible, isBrief: isBrief) }) {
    case .begun(let alarm):
      if let alarm { loop.wake(self, by: alarm) }
    case .over: waiter.resume(returning: .arrived)
    case .refused: waiter.resume(returning: .refused)
    }
  }

  /// Interrupts the wait of a cancelled task. It can only be the task's own, because a handler does not outlast its
  /// wait.
  private func interruptCancelled() {
    mailbox.withLock { $0.interrupt() }?.resume(returning: .interrupted(Self.cancelled))
  }

  private static var readTwice: MySQLError {
    MySQLError(
      .misuse, "another task is reading this result: let one read, and hand out what it reads")
  }

  /// Sends bytes in parts, so that only a little of a large piece waits to go out.
  func send(
    pieces bytes: [UInt8], _ send: ([UInt8]) throws(MySQLError) -> Void
  ) async throws(MySQLError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = Array(rest.prefix(Self.outboundLimit))
      rest = rest.dropFirst(part.count)
      try send(part)
      try await flushed()
    }
  }

  /// Waits until at most `outboundLimit` bytes wait to be sent.
  ///
  /// - Throws: Why the channel died meanwhile.
  private func flushed() async throws(MySQLError) {
    let mustWait = link.withLock { !$0.isDead && $0.transport.outbound.count > Self.outboundLimit }
    guard mustWait else { return }
    await withTaskCancellationHandler {
      await withUnsafeContinuation { (waiter: UnsafeContinuation<Void, Never>) in
        let (isDone, alarm) = link.withLock { link -> (Bool, Deadline?) in
          if link.isDead || link.transport.outbound.count <= Self.outboundLimit { return (true, nil) }
          link.flushWaiter = waiter
          return (false, mailbox.withLock { $0.waitForFlush() })
        }
        if isDone { waiter.resume() }
        if let alarm { loop.wake(self, by: alarm) }
      }
    } onCancel: {
      cancel()
    }
    if let failure { throw failure }
  }

  /// Sets how long the server may take from now on, over all waits together; nil for no limit.
  func setTimeLimit(_ time: Nanoseconds?, for stage: String = "") {
    if let alarm = mailbox.withLock({ $0.allow(time, for: stage) }) { loop.wake(self, by: alarm) }
  }

  /// Does the same if there is no limit yet; returns false if there is one.
  func setTimeLimitIfNone(_ time: Nanoseconds, for stage: String) -> Bool {
    let (isSet, alarm) = mailbox.withLock { mailbox -> (Bool, Deadline?) in
      guard !mailbox.patience.isLimited else { return (false, nil) }
      return (true, mailbox.allow(time, for: stage))
    }
    if let alarm { loop.wake(self, by: alarm) }
    return isSet
  }

  /// Why the channel is dead, if it is.
  var failure: MySQLError? { mailbox.withLock { $0.failure } }

  /// Calls the closure on the loop's thread once the socket is closed, replacing any closure set before. If the channel
  /// is already dead, the closure is not called.
  func whenClosed(_ body: @escaping @Sendable (MySQLError) -> Void) {
    link.withLock { $0.closed = body }
  }

  /// Lets a closure read the session, or use it in ways that write nothing.
  func withSession<R>(_ body: (inout Session) -> R) -> R {
    link.withLock { body(&$0.session) }
  }

  /// How many bytes went each way.
  var traffic: (received: Int, sent: Int) { link.withLock { ($0.transport.received, $0.transport.sent) } }

  /// Whether all that was written has gone out.
  var isFlushed: Bool { link.withLock { $0.transport.outbound.isEmpty } }

  /// The addresses of the socket's two ends, if they are known.
  var addresses: Socket.Addresses? { link.withLock { $0.transport.socket?.addresses } }

  /// Whether the server has closed the connection, or sent something unsolicited, and the loop has not read that yet.
  var hasUnreadBytes: Bool { link.withLock { $0.transport.socket?.hasInput ?? true } }

  /// How the channel is encrypted, if it is.
  var tlsInfo: MySQLTLS.Info? { link.withLock { $0.transport.tlsInfo } }

  /// Whether the settings demand TLS and it does not protect the connection yet.
  var isStillUnencrypted: Bool {
    link.withLock { $0.session.settings.tls == .always && $0.transport.tlsInfo == nil }
  }

  var isDead: Bool { link.withLock { $0.isDead } }

  /// Returns the event in the form that its reader uses. This runs on the reader's thread.
  private func joined(_ event: consuming Event) throws(MySQLError) -> Event {
    guard case .largeRow = event else { return event }
    do throws(Violation) {
      return try event.joined()
    } catch {
      let error = MySQLError(error)
      fail(error)
      throw error
    }
  }

  /// Writes as much of the session's output as the socket accepts.
  func write(_ link: inout Link) -> MySQLError? {
    do throws(MySQLError) {
      try link.transport.write(&link.session)
    } catch {
      return error
    }
    return flush(&link)
  }

  func flush(_ link: inout Link) -> MySQLError? {
    guard !link.transport.outbound.isEmpty || link.policy.hasOutput else { return nil }
    do throws(Socket.SystemError) {
      try link.transport.flush()
    } catch {
      return MySQLError(lostBecause: error)
    }
    link.policy.hasOutput = !link.transport.outbound.isEmpty
    watch(&link)
    return nil
  }

  /// Tells the loop what to wait for, if that has changed.
  func watch(_ link: inout Link) {
    let interest = link.policy.interest
    guard interest != link.watched, let socket = link.transport.socket else { return }
    link.watched = interest
    loop.watch(socket, for: interest)
  }
}

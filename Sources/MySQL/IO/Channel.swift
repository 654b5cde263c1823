import MySQLWire
import Synchronization

/// One connection: a socket, the session that its bytes drive, and the mailbox for what they mean. Callers
/// write on their own thread; the event loop finishes what the socket does not take, reads, and fills the
/// mailbox. Once anything fails, the channel is dead and its socket closed.
final class Channel: EventHandler {
  let link: Mutex<Link>
  let mailbox = Mutex(Mailbox())
  let loop: EventLoop
  /// How TLS begins where the session asks for it.
  let tls: TLSSetup?

  /// What sending and reading change. Locked before the mailbox, where both are.
  struct Link: ~Copyable {
    var transport: Transport
    var session: Session
    var interest: Readiness = .read
    /// Who waits until what was written has gone out.
    var flushWaiter: UnsafeContinuation<Void, Never>?
    /// Who wants to know when the channel dies.
    var closed: (@Sendable (MySQLError) -> Void)?
    /// How many bytes of the result under way have been received.
    var streamed = 0
    var briefWait = BriefWait()
    /// Whether the consumer reads the socket, and the loop does not watch it. Never so while the consumer
    /// sleeps or output waits, and not for long while the connection is idle.
    var isReadByConsumer = false

    var isDead: Bool { transport.socket == nil }
  }

  /// A source of data waits with more than so many bytes on the way out.
  static var outboundLimit: Int { 256 << 10 }

  init(_ socket: Socket, _ session: consuming Session, tls: TLSSetup?, on loop: EventLoop) {
    self.loop = loop
    self.tls = tls
    link = Mutex(Link(transport: Transport(socket), session: session))
    loop.add(socket, self, for: .read)
  }

  /// Uses the session, writes what that put out, and leaves the rest to the loop.
  ///
  /// - Throws: What the closure throws, or why the channel is dead. Then nothing was written.
  func send<E: Error>(
    _ body: (inout Session) throws(E) -> Void, orElse misused: (E) -> MySQLError
  ) throws(MySQLError) {
    var resumption: Resumption?
    let failure = link.withLock { link -> MySQLError? in
      guard !link.isDead else { return closedError }
      do throws(E) {
        try body(&link.session)
      } catch {
        return misused(error)
      }
      // Something was sent, or may have been: who waits for the answer gets the error.
      if let error = write(&link) { resumption = shutDown(&link, error).map { .failure($0, error) } }
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
    // Where several wait, the loop serves them together, and threads have better things to do. A task that was
    // cancelled has to notice, however quick the answer.
    if isAlone, !Task.isCancelled, let event = try readBriefly() { return event }
    let result = await withTaskCancellationHandler {
      await withUnsafeContinuation { (waiter: Mailbox.Waiter) in wait(waiter) }
    } onCancel: {
      cancel()
    }
    return try joined(try result.get())
  }

  /// Sends bytes in parts, so that little of a large piece lies on its way out.
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

  /// Waits until little is left of what was written.
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

  /// Sets how long the server may take, from now on and over all waits together; nil for ever.
  func allow(_ time: Duration?, for stage: String = "") {
    if let alarm = mailbox.withLock({ $0.allow(time, for: stage) }) { loop.wake(self, by: alarm) }
  }

  /// Why the channel is dead, if it is.
  var failure: MySQLError? { mailbox.withLock { $0.failure } }

  /// Whether the server's time is limited.
  var isLimited: Bool { mailbox.withLock { $0.patience.isLimited } }

  /// Calls the closure once the socket is closed, on the loop's thread, in place of what was to be called
  /// before. Of a channel that is dead already it hears nothing.
  func whenClosed(_ body: @escaping @Sendable (MySQLError) -> Void) {
    link.withLock { $0.closed = body }
  }

  /// Looks at the session, or uses it where that writes nothing.
  func withSession<R>(_ body: (inout Session) -> R) -> R {
    link.withLock { body(&$0.session) }
  }

  /// How many bytes went each way.
  var traffic: (received: Int, sent: Int) { link.withLock { ($0.transport.received, $0.transport.sent) } }

  /// How the channel is encrypted, if it is.
  var tlsInfo: MySQLTLSInfo? { link.withLock { $0.transport.tlsInfo } }

  /// Whether the settings demand TLS, and it has not begun to protect.
  var isStillUnencrypted: Bool {
    link.withLock { $0.session.settings.tls == .always && $0.transport.tlsInfo == nil }
  }

  var isDead: Bool { link.withLock { $0.isDead } }

  /// The next event if it has arrived.
  ///
  /// - Throws: As `next()` does.
  func take() throws(MySQLError) -> Event? {
    switch mailbox.withLock({ $0.take() }) {
    case .event(let event, let resumesReading):
      if resumesReading { loop.run { [self] in resumeReading() } }
      return try joined(event)
    case .failure(let error): throw error
    case .nothingYet: return nil
    }
  }

  /// The event as its reader uses it, made on the reader's thread.
  private func joined(_ event: consuming Event) throws(MySQLError) -> Event {
    do throws(Violation) {
      return try event.joined()
    } catch {
      let error = MySQLError(error)
      fail(error)
      throw error
    }
  }

  private func wait(_ waiter: Mailbox.Waiter) {
    link.withLock { giveBackReading(&$0) }
    let (taken, alarm) = mailbox.withLock { mailbox -> (Mailbox.Taken, Deadline?) in
      let taken = mailbox.take()
      guard case .nothingYet = taken else { return (taken, nil) }
      return (taken, mailbox.wait(waiter))
    }
    if let alarm { loop.wake(self, by: alarm) }
    switch taken {
    case .event(let event, let resumesReading):
      if resumesReading { loop.run { [self] in resumeReading() } }
      waiter.resume(returning: .success(event))
    case .failure(let error): waiter.resume(returning: .failure(error))
    case .nothingYet: break
    }
  }

  /// Writes what the session puts out, as much of it as the socket takes.
  func write(_ link: inout Link) -> MySQLError? {
    do throws(MySQLError) {
      try link.transport.write(link.session.takeOutput())
    } catch {
      return error
    }
    return flush(&link)
  }

  func flush(_ link: inout Link) -> MySQLError? {
    do throws(Socket.SystemError) {
      try link.transport.flush()
    } catch {
      return MySQLError(lostBecause: error)
    }
    if !link.transport.outbound.isEmpty { giveBackReading(&link) }
    setInterest(&link, writes: !link.transport.outbound.isEmpty)
    return nil
  }

  func setInterest(_ link: inout Link, reads: Bool? = nil, writes: Bool? = nil) {
    var interest = link.interest
    if let reads { if reads { interest.insert(.read) } else { interest.remove(.read) } }
    if let writes { if writes { interest.insert(.write) } else { interest.remove(.write) } }
    guard interest != link.interest, let socket = link.transport.socket else { return }
    link.interest = interest
    loop.watch(socket, for: interest)
  }
}

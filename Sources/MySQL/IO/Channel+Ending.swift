import MySQLWire
import Synchronization

extension Channel {
  /// Ends the channel: the task that waits, and all later callers, get the error.
  func fail(_ error: MySQLError) {
    let waiter = link.withLock { shutDown(&$0, error) }
    waiter?.resume(returning: .arrived)
  }

  /// Ends the channel because the task that uses it was cancelled.
  func cancel() {
    fail(Self.cancelled.closing)
  }

  static var cancelled: MySQLError {
    MySQLError(.cancelled, "the task was cancelled while it waited", reach: .unknown)
  }

  /// Ends the channel and waits until its descriptor is closed.
  func close(_ error: MySQLError) async {
    fail(error)
    await withUnsafeContinuation { (done: UnsafeContinuation<Void, Never>) in
      loop.run { done.resume() }
    }
  }

  private static var handshakeStage: String {
    "the TLS handshake, in which the server fell silent or took too long"
  }

  func alarm() {
    let (waiter, wake) = link.withLock { link -> (Mailbox.Waiter?, Mailbox.Wake) in
      guard !link.isDead else { return (nil, .arrived) }
      // Until the lock is released, no waiter is served, and no other command begins to wait.
      switch mailbox.withLock({ $0.alarm() }) {
      case .inTime: return (nil, .arrived)
      case .again(let deadline):
        loop.wake(self, by: deadline)
        return (nil, .arrived)
      case .late(let stage):
        if lookAgain(&link) { return (nil, .arrived) }
        let what = link.transport.isNegotiating ? Self.handshakeStage : stage
        let error = MySQLError(.timeout, "timed out waiting for \(what)", reach: .unknown)
        if let waiter = mailbox.withLock({ $0.interrupt() }) { return (waiter, .interrupted(error)) }
        return (shutDown(&link, error.closing), .arrived)
      }
    }
    waiter?.resume(returning: wake)
  }

  /// If the socket is momentarily not watched, has it read once more before the time counts as up. Returns whether it
  /// does.
  private func lookAgain(_ link: inout Link) -> Bool {
    guard link.policy.lookAgain() else { return false }
    watch(&link)
    let soon = Deadline.now
    mailbox.withLock { $0.lookAgain(at: soon) }
    loop.wake(self, by: soon)
    return true
  }

  var closedError: MySQLError {
    mailbox.withLock { $0.failure }.map { MySQLError(after: $0) }
      ?? MySQLError(.connectionClosed, "the connection is closed")
  }

  /// Ends the channel, and returns the waiting consumer. The socket leaves the link, so nothing reads or writes it any
  /// more; its descriptor is closed once the event loop has forgotten it.
  func shutDown(_ link: inout Link, _ error: MySQLError) -> Mailbox.Waiter? {
    guard let socket = link.transport.shutDown() else { return nil }
    loop.remove(socket)
    if let closed = link.closed.take() { loop.run { closed(error) } }
    let waiter = mailbox.withLock { $0.fail(error) }
    takeFlushWaiter(&link)?.resume()
    return waiter
  }
}

extension MySQLError {
  /// The error for a wait that has ended the connection.
  var closing: MySQLError {
    var error = self
    error.message += "; the connection is closed"
    return error
  }

  /// Returns the error for a wait that should have spared the connection, with the reason why that failed.
  func closing(because failure: MySQLError) -> MySQLError {
    var error = self
    error.message += ", which failed (\(failure)); the connection is closed"
    return error
  }

  /// Makes the error for a connection that the server has closed while the session is in its current state.
  init(endOf session: borrowing Session, isNegotiating: Bool) {
    if isNegotiating {
      self.init(
        .connectionLost,
        "the server closed the connection in the middle of the TLS handshake: its log may say why")
    } else if session.greeting == nil {
      self.init(
        .connectionLost,
        "the server closed the connection without a word: it may be starting or stopping, or the port is that "
          + "of a proxy with no server behind it")
    } else if session.isIdle {
      self.init(
        .connectionLost,
        "the server, or a proxy or load balancer in front of it, closed the connection while it was idle "
          + "(wait_timeout, a proxy's idle timeout, KILL, a restart)",
        reach: .unknown)
    } else {
      self.init(
        .connectionLost, "the server closed the connection before its answer was complete", reach: .unknown)
    }
  }
}

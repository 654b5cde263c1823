import MySQLWire
import Synchronization

extension Channel {
  func isReady(_ readiness: Readiness, _ scratch: UnsafeMutableRawBufferPointer) {
    var flushWaiter: UnsafeContinuation<Void, Never>?
    let waiter = link.withLock { link -> Mailbox.Waiter? in
      if readiness.contains(.write), let error = flush(&link) { return shutDown(&link, error) }
      let reads = readiness.contains(.read) && link.policy.interest.contains(.read)
      let waiter = reads ? read(&link, scratch) : nil
      // With TLS, reading writes too.
      if link.transport.outbound.count <= Self.outboundLimit { flushWaiter = takeFlushWaiter(&link) }
      return waiter
    }
    flushWaiter?.resume()
    waiter?.resume(returning: .arrived)
  }

  /// Takes out the writer that waits until bytes have gone out, for the caller to resume.
  func takeFlushWaiter(_ link: inout Link) -> UnsafeContinuation<Void, Never>? {
    guard let waiter = link.flushWaiter.take() else { return nil }
    mailbox.withLock { $0.flushed() }
    return waiter
  }

  /// Reads the socket once, and returns the consumer that waits for what has arrived.
  private func read(_ link: inout Link, _ scratch: UnsafeMutableRawBufferPointer) -> Mailbox.Waiter? {
    do throws(MySQLError) {
      switch try link.transport.read(scratch, into: &link.session) {
      case .bytes(let count):
        let waiter = pump(&link)
        let rests = link.policy.received(
          count, hasMore: count >= scratch.count / 2,
          isInRows: link.session.isReceivingRows && !link.session.isReceivingLargeRow,
          owedAnswers: link.session.owedResponses)
        if rests { rest(&link) }
        return waiter
      case .wouldBlock: return nil
      case .end:
        return shutDown(
          &link, MySQLError(endOf: link.session, isNegotiating: link.transport.isNegotiating))
      }
    } catch {
      return shutDown(&link, error)
    }
  }

  private func rest(_ link: inout Link) {
    watch(&link)
    // Not weak: once a weak reference to an object was made, counting its references costs three times as much.
    loop.call(by: .after(.milliseconds(1))) { [self] in
      self.link.withLock { link in
        link.policy.endRest()
        watch(&link)
      }
    }
  }

  /// Moves all of the session's events to the mailbox, and returns the consumer that waits for them.
  private func pump(_ link: inout Link) -> Mailbox.Waiter? {
    var size = 0
    var startsTLS = false
    var failure: MySQLError?
    do throws(Violation) {
      reading: while true {
        let event = try link.session.next()
        switch event {
        case .needsInput: break reading
        case .startTLS:
          startsTLS = true
          break reading
        case .closed(let reason): failure = MySQLError(closing: reason)
        case .largeRow(let row): if row.spare.begin() { age(row.spare) }
        default: break
        }
        size += event.size
        link.events.append(consume event)
        if link.session.isDone { break reading }
      }
    } catch {
      failure = MySQLError(error, errorBeforeTLS: link.session.errorBeforeTLS)
    }
    var waiter: Mailbox.Waiter?
    if size > 0 {
      let mustLook: Bool
      (waiter, mustLook, link.policy.isPaused) = mailbox.withLock { mailbox in
        let waiter = mailbox.leave(&link.events, size: size)
        return (waiter, waiter != nil && mailbox.responded(), mailbox.isPaused)
      }
      watch(&link)
      if mustLook { lookLater() }
    }
    // A login produces output by itself, and so does TLS.
    if link.session.hasOutput {
      failure = write(&link) ?? failure
    } else if link.transport.tlsHasOutput {
      failure = flush(&link) ?? failure
    }
    if startsTLS { failure = startTLS(&link) ?? failure }
    if let end = link.transport.tlsEnd { failure = failure ?? error(of: end, link) }
    if let failure { return shutDown(&link, failure) ?? waiter }
    return waiter
  }

  /// Looks, a little later, at waits that have no cancellation handler: see `Pace`.
  private func lookLater() {
    loop.call(by: .after(Pace.interval)) { [self] in look() }
  }

  private func look() {
    let (waiter, again) = mailbox.withLock { $0.look() }
    waiter?.resume(returning: .arrived)
    if again { lookLater() }
  }

  /// Releases the memory of large rows some time after its last use, and not on the loop's thread.
  private func age(_ spare: SpareMemory) {
    Task { repeat { try? await Task.sleep(for: SpareMemory.interval) } while spare.age() }
  }

  /// Begins TLS, which the server has been asked for: from here on, nothing goes out in clear text.
  private func startTLS(_ link: inout Link) -> MySQLError? {
    do throws(MySQLError) {
      guard let tls else { throw MySQLError(.tls, "TLS was not set up") }
      try link.transport.startTLS(tls)
    } catch {
      return error
    }
    return flush(&link)
  }

  private func error(of end: Transport.TLSEnd, _ link: borrowing Link) -> MySQLError {
    switch end {
    case .closed: MySQLError(endOf: link.session, isNegotiating: false)
    case .failed(let error): error
    }
  }

  /// Resumes reading once the consumer has made room.
  func resumeReading() {
    link.withLock { link in
      link.policy.isPaused = false
      watch(&link)
    }
  }
}

import MySQLWire
import Synchronization

extension Channel {
  /// Whether what is under way brings much: a result of so many bytes, or so many answers.
  func bringsMuch(_ link: borrowing Link) -> Bool {
    link.streamed >= 256 << 10 || link.session.owedResponses > 32
  }

  func isReady(_ readiness: Readiness, _ scratch: UnsafeMutableRawBufferPointer) {
    var flushWaiter: UnsafeContinuation<Void, Never>?
    let resumption = link.withLock { link -> Resumption? in
      if readiness.contains(.write) {
        if let error = flush(&link) { return shutDown(&link, error).map { .failure($0, error) } }
        if link.transport.outbound.count <= Self.outboundLimit { flushWaiter = takeFlushWaiter(&link) }
      }
      guard readiness.contains(.read), link.interest.contains(.read) else { return nil }
      return read(&link, scratch)
    }
    flushWaiter?.resume()
    resumption?.resume()
  }

  /// The writer that waits until bytes have gone out; it is to be resumed.
  func takeFlushWaiter(_ link: inout Link) -> UnsafeContinuation<Void, Never>? {
    guard let waiter = link.flushWaiter.take() else { return nil }
    mailbox.withLock { $0.flushed() }
    return waiter
  }

  func read(_ link: inout Link, _ scratch: UnsafeMutableRawBufferPointer) -> Resumption? {
    do throws(MySQLError) {
      switch try link.transport.read(scratch, into: &link.session) {
      case .bytes(let count):
        let resumption = pump(&link)
        link.streamed = link.session.isReceivingRows ? link.streamed + count : 0
        if count < scratch.count / 2 { restIfLong(&link) }
        return resumption
      case .wouldBlock: return nil
      case .end:
        let error = MySQLError(endOf: link.session, isNegotiating: link.transport.isNegotiating)
        return shutDown(&link, error).map { .failure($0, error) }
      }
    } catch {
      return shutDown(&link, error).map { .failure($0, error) }
    }
  }

  /// Servers send rows in pieces of 16 KiB, and reading each as it comes wakes the consumer for each. Of a
  /// result that has proved long, what comes within a millisecond is read together: a third of the wakes. So are
  /// the answers to many commands, which servers send one by one.
  private func restIfLong(_ link: inout Link) {
    guard bringsMuch(link), link.interest.contains(.read) else { return }
    setInterest(&link, reads: false)
    loop.call(by: .after(.milliseconds(1))) { [weak self] in self?.endRest() }
  }

  private func endRest() {
    link.withLock { link in
      let isPaused = mailbox.withLock { $0.isPaused }
      if !link.isDead, !isPaused { setInterest(&link, reads: !link.isReadByConsumer) }
    }
  }

  /// Moves events from the session to the mailbox while there is room for their rows.
  private func pump(_ link: inout Link) -> Resumption? {
    var resumption: Resumption?
    var isDry = false
    var isPaused = false
    var startsTLS = false
    var failure: MySQLError?
    do throws(Violation) {
      while !isDry, !isPaused {
        let event = try link.session.next()
        switch event {
        case .needsInput: isDry = true
        case .startTLS:
          startsTLS = true
          isDry = true
        case .closed(let reason):
          failure = MySQLError(closing: reason)
          fallthrough
        default:
          let served: (Mailbox.Waiter, Event)?
          (served, isPaused) = mailbox.withLock { ($0.leave(event), $0.isPaused) }
          if let served { resumption = .event(served.0, served.1) }
        }
      }
    } catch {
      failure = MySQLError(error, errorBeforeTLS: link.session.errorBeforeTLS)
    }
    setInterest(&link, reads: !isPaused && !link.isReadByConsumer)
    // A login answers by itself, and so does TLS.
    if link.session.hasOutput {
      failure = write(&link) ?? failure
    } else if link.transport.tlsHasOutput {
      failure = flush(&link) ?? failure
    }
    if startsTLS { failure = startTLS(&link) ?? failure }
    if isDry, let end = link.transport.tlsEnd { failure = failure ?? error(of: end, link) }
    guard let failure else { return resumption }
    return shutDown(&link, failure).map { .failure($0, failure) } ?? resumption
  }

  /// The server has been asked for TLS: from here on nothing goes out in clear text.
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

  /// The consumer has made room: what the session holds goes first, then the socket is read again.
  func resumeReading() {
    let resumption = link.withLock { link in link.isDead ? nil : pump(&link) }
    resumption?.resume()
  }
}

import Synchronization

extension ScriptedConnection {
  /// Waits for the duration, to the millisecond.
  public func delay(_ duration: Duration) throws(TestServerError) {
    try interrupt.sleep(for: duration)
  }

  /// Splits what is sent from now on into pieces of `size` bytes, each sent in a separate call, with `pause` between
  /// them. Nil turns this off. The client may still receive several pieces at once, unless the pause is long enough for
  /// it to read each one.
  public func split(into size: Int?, every pause: Duration = .zero) {
    state.withLock { $0.pieces = size.map { (max(1, $0), pause) } }
  }

  /// Closes the connection: the client sees FIN after everything that was sent, and no RST, whatever it still sends.
  /// Verbs that send or receive throw `.closed` from now on.
  public func close() {
    let isFirst = state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    if isFirst { socket.finishSending() }
  }

  /// Resets the connection: the client sees RST (ECONNRESET), and may lose what was sent just before. On a unix socket,
  /// which has no RST, the client sees the end of the stream.
  public func reset() {
    state.withLock { $0.isClosed = true }
    socket.close(.reset)
  }

  /// Sends FIN, so that the client sees the end of what is sent. Receiving goes on.
  public func halfClose() {
    socket.finishSending()
  }

  /// Sends nothing more. Returns when the client closes the connection; throws when the server is stopped.
  ///
  /// What the client sends is read and kept in `received`. Without `reading`, a client that sends much is eventually
  /// blocked, because the buffers are full.
  public func stall(reading: Bool = true) throws(TestServerError) {
    if reading {
      while try receive() {}
    } else {
      try socket.waitForPeer()
    }
  }
}

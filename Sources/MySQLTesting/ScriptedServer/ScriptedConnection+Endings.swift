import Synchronization

extension ScriptedConnection {
  /// Lets time pass, to the millisecond.
  public func delay(_ duration: Duration) throws(TestServerError) {
    try interrupt.sleep(for: duration)
  }

  /// Sends what is sent from now on in pieces of so many bytes, each in a call of its own and with that pause
  /// after it. Nil sends it whole again. The client may still receive several pieces at once, unless the
  /// pause is long enough for it to read each.
  public func split(into size: Int?, every pause: Duration = .zero) {
    state.withLock { $0.pieces = size.map { (max(1, $0), pause) } }
  }

  /// Closes the connection: the client sees FIN after all that was sent, and no RST, whatever it still
  /// sends. Verbs that send or receive throw `.closed` from now on.
  public func close() {
    let isFirst = state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    if isFirst { socket.finishSending() }
  }

  /// Breaks the connection off: the client sees RST (ECONNRESET), and may lose what was sent just before. On
  /// a unix socket, which has no RST, the client sees its end.
  public func reset() {
    state.withLock { $0.isClosed = true }
    socket.close(.reset)
  }

  /// Sends FIN, so that the client sees the end of what is sent, and goes on receiving.
  public func halfClose() {
    socket.finishSending()
  }

  /// Says nothing any more, until the client closes, upon which it returns, or the server is stopped.
  ///
  /// What the client sends is read and kept in `received`; without reading, a client that sends much will
  /// find no more room for it.
  public func stall(reading: Bool = true) throws(TestServerError) {
    if reading {
      while try receive() {}
    } else {
      try socket.waitForPeer()
    }
  }
}

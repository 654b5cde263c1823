import MySQLWire

/// The layer between a session and the network: a socket, the bytes that it has not accepted yet, and TLS once that has
/// begun. Without TLS, bytes pass through unchanged.
struct Transport: ~Copyable {
  /// Nil once the transport has been shut down: nothing can be read or written through it any more.
  private(set) var socket: Socket?
  private(set) var outbound = OutboundQueue()
  /// How many bytes were received from the network, and sent to it.
  private(set) var received = 0
  private(set) var sent = 0
  /// What the handshake negotiated, once it is done.
  private(set) var tlsInfo: MySQLTLS.Info?
  /// Why TLS delivers nothing more. All that it has delivered comes before that.
  private(set) var tlsEnd: TLSEnd?
  private var tls: (any TLSEngine & ~Copyable)?

  enum TLSEnd {
    /// The server has said goodbye.
    case closed
    case failed(MySQLError)
  }

  init(_ socket: Socket) { self.socket = socket }

  var isNegotiating: Bool { tls != nil && tlsInfo == nil }

  /// Whether something waits to go out that TLS may have produced by itself.
  var tlsHasOutput: Bool { tls != nil && !outbound.isEmpty }

  /// Begins TLS: all that was written before goes out in clear text, and nothing after it.
  mutating func startTLS(_ setup: TLSSetup) throws(MySQLError) {
    do throws(TLSFailure) {
      tls = try setup.makeEngine()
      _ = try tls?.handshake()
      takeCiphertext()
    } catch {
      throw MySQLError(error, reach: .notSent)
    }
  }

  /// Queues bytes for `flush` to send.
  mutating func write(_ bytes: [UInt8]) throws(MySQLError) {
    guard tls != nil else { return outbound.append(bytes) }
    // In pieces, since the engine's memory never shrinks below the most that it has held.
    var start = 0
    while start < bytes.count {
      let end = min(start + 64 << 10, bytes.count)
      let failure = bytes.withUnsafeBytes { encrypt(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
      if let failure { throw MySQLError(failure, reach: .unknown) }
      start = end
    }
  }

  /// Sends as much of the session's output as the socket accepts. The rest is queued.
  mutating func write(_ session: inout Session) throws(MySQLError) {
    guard tls == nil, outbound.isEmpty, let socket else { return try write(session.takeOutput()) }
    var failure: Socket.SystemError?
    session.withOutput { bytes in
      bytes.withUnsafeBytes { buffer in
        do throws(Socket.SystemError) {
          guard case .bytes(let count) = try socket.write(buffer) else { return 0 }
          sent += count
          return count
        } catch {
          failure = error
          return buffer.count
        }
      }
    }
    if let failure { throw MySQLError(lostBecause: failure) }
    if session.hasOutput { outbound.append(session.takeOutput()) }
  }

  /// Sends as much as the socket accepts.
  mutating func flush() throws(Socket.SystemError) {
    let before = outbound.count
    defer { sent += before - outbound.count }
    if let socket { try outbound.flush(to: socket) }
  }

  /// Reads the socket once, and passes the bytes to the session, decrypted if there is TLS. Returns how many bytes came
  /// from the network.
  ///
  /// - Throws: Why nothing more will come: an error of the network, of TLS, or of the session.
  mutating func read(
    _ scratch: UnsafeMutableRawBufferPointer, into session: inout Session
  ) throws(MySQLError) -> Socket.Transfer {
    guard let socket else { return .end }
    let transfer: Socket.Transfer
    let isInPlace = tls == nil && session.isReceivingLargeRow
    do throws(Socket.SystemError) {
      transfer = isInPlace ? try readLargeRow(socket, &session) : try socket.read(into: scratch)
    } catch {
      throw MySQLError(lostBecause: error)
    }
    guard case .bytes(let count) = transfer else { return transfer }
    received += count
    if isInPlace { return transfer }
    let bytes = UnsafeRawBufferPointer(rebasing: scratch[..<count])
    if tls == nil {
      session.receive(bytes.bytes)
    } else {
      try decrypt(bytes, scratch, &session)
    }
    return transfer
  }

  /// Reads the socket once, directly into the memory of the large row that is arriving.
  private func readLargeRow(
    _ socket: Socket, _ session: inout Session
  ) throws(Socket.SystemError) -> Socket.Transfer {
    var transfer = Socket.Transfer.end
    _ = try session.receiveLarge { (memory) throws(Socket.SystemError) in
      try memory.withUnsafeMutableBufferPointer { (buffer, count) throws(Socket.SystemError) in
        transfer = try socket.read(into: UnsafeMutableRawBufferPointer(buffer))
        if case .bytes(let read) = transfer { count = read }
      }
    }
    return transfer
  }

  /// Ends both directions, and returns the socket for the event loop to forget.
  mutating func shutDown() -> Socket? {
    guard let socket = socket.take() else { return nil }
    // If a command is half written, a goodbye after it would take the other half along.
    if tls != nil, isNegotiating || outbound.isEmpty {
      tls?.close()
      takeCiphertext()
      try? outbound.flush(to: socket)
    }
    tls = nil
    socket.shutDown()
    return socket
  }

  private mutating func encrypt(_ plaintext: UnsafeRawBufferPointer) -> TLSFailure? {
    do throws(TLSFailure) {
      try tls?.write(plaintext)
      takeCiphertext()
      return nil
    } catch {
      return error
    }
  }

  private mutating func decrypt(
    _ ciphertext: UnsafeRawBufferPointer, _ scratch: UnsafeMutableRawBufferPointer, _ session: inout Session
  ) throws(MySQLError) {
    // Also after an error, because an alert tells the server about it.
    defer { takeCiphertext() }
    tls?.receive(ciphertext)
    if tlsInfo == nil, try !shakeHands(&session) { return }
    // The engine now holds what was read, so the scratch memory can take the decrypted bytes.
    while tlsEnd == nil {
      do throws(TLSFailure) {
        switch try tls?.read(into: scratch) {
        case .bytes(0), nil: return
        case .bytes(let count):
          session.receive(UnsafeRawBufferPointer(rebasing: scratch[..<count]).bytes)
        case .end: tlsEnd = .closed
        }
      } catch {
        tlsEnd = .failed(MySQLError(error, reach: .unknown))
      }
    }
  }

  private mutating func takeCiphertext() {
    if let ciphertext = tls?.takeCiphertext() { outbound.append(ciphertext) }
  }

  /// Continues the handshake. Returns true once it is done and the session logs in.
  private mutating func shakeHands(_ session: inout Session) throws(MySQLError) -> Bool {
    let info: MySQLTLS.Info?
    do throws(TLSFailure) {
      info = try tls?.handshake()
    } catch {
      throw MySQLError(error, reach: .notSent)
    }
    guard let info else { return false }
    tlsInfo = info
    do throws(Violation) {
      try session.tlsStarted(verified: info.isVerified)
    } catch {
      throw MySQLError(error)
    }
    return true
  }
}

extension MySQLError {
  init(lostBecause error: Socket.SystemError) {
    self.init(.connectionLost, "the connection was lost: \(error.text)", reach: .unknown)
  }
}

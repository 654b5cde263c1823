import Foundation
import Synchronization

/// A connected socket. Its calls block their thread until they are done, the socket is closed on this side,
/// or the server is stopped; any thread may close it meanwhile.
final class Socket: Sendable {
  private let interrupt: Interrupt
  private let state: Mutex<State>

  private struct State {
    /// Negative once closed.
    var descriptor: Int32
    /// The numbers of threads in poll. The descriptor stays open until they have left. Otherwise they would wait on
    /// another file that got its number, and a reset would not be sent, since poll holds the socket.
    var readers = 0
    var writers = 0
    var isClosing = false

    mutating func closeIfUnused() {
      guard isClosing, descriptor >= 0, readers + writers == 0 else { return }
      Foundation.close(descriptor)
      descriptor = -1
    }
  }

  /// How a connection ends for the peer.
  enum Ending {
    /// FIN, or RST if there are bytes that were not read.
    case close
    /// RST. Bytes that the system has not sent yet are dropped.
    case reset
  }

  /// Takes ownership of a descriptor.
  init(_ descriptor: Int32, _ interrupt: Interrupt) {
    Platform.adopt(descriptor)
    self.interrupt = interrupt
    state = Mutex(State(descriptor: descriptor))
  }

  deinit { close(.close) }

  /// Opens a connection, from an address of this machine if one is given.
  convenience init(
    to address: ServerAddress, from source: String? = nil, _ interrupt: Interrupt,
    until deadline: ContinuousClock.Instant
  ) throws(TestServerError) {
    let descriptor = socket(address.family, Platform.streamSocket, 0)
    guard descriptor >= 0 else { throw .lastCall("socket") }
    self.init(descriptor, interrupt)
    if let source {
      let result = try ServerAddress.tcp(source, port: 0).withSystemAddress { bind(descriptor, $0, $1) }
      guard result == 0 else { throw .lastCall("bind") }
    }
    let result = try address.withSystemAddress { connect(descriptor, $0, $1) }
    guard result < 0 else { return }
    guard errno == EINPROGRESS else { throw .lastCall("connect") }
    try wait(for: Int16(POLLOUT), until: deadline)
    var failure: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size)
    guard failure == 0 else { throw .system(call: "connect", code: failure) }
  }

  /// Receives the bytes that have arrived, at least one. Returns their number; 0 once the peer has finished.
  func receive(
    into buffer: inout [UInt8], until deadline: ContinuousClock.Instant? = nil
  ) throws(TestServerError) -> Int {
    while true {
      let count = try attempt("recv") { descriptor in
        buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
      }
      if let count { return count }
      try wait(for: Int16(POLLIN), until: deadline)
    }
  }

  /// Hands all bytes to the system.
  func send(_ bytes: ArraySlice<UInt8>) throws(TestServerError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = try attempt("send") { descriptor in
        rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Platform.sendFlags) }
      }
      if let count { rest = rest.dropFirst(count) } else { try wait(for: Int16(POLLOUT), until: nil) }
    }
  }

  /// Sends FIN. The peer's bytes can still be received.
  func finishSending() {
    state.withLock { state in
      if state.descriptor >= 0 { _ = shutdown(state.descriptor, Int32(SHUT_WR)) }
    }
  }

  /// Waits until the peer has finished or reset, without receiving anything.
  func waitForPeer() throws(TestServerError) {
    try wait(for: Platform.peerHasFinished, until: nil)
  }

  /// Receives and drops bytes until the peer has finished, so that it sees FIN: closing a socket with bytes unread, or
  /// with bytes still to come, sends RST.
  func discard() {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while let count = try? receive(into: &buffer), count > 0 {}
  }

  /// Ends the connection. Threads that wait on it wake and are told that it is closed.
  func close(_ ending: Ending) {
    state.withLock { state in
      guard !state.isClosing else { return }
      state.isClosing = true
      if ending == .reset {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
          state.descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
      }
      // Wakes the threads. SHUT_RD sends nothing, so that the peer sees only RST. The FIN of SHUT_RDWR stays in the
      // queue after the bytes that the writer could not send.
      if state.readers > 0 { _ = shutdown(state.descriptor, Int32(SHUT_RD)) }
      if state.writers > 0 { _ = shutdown(state.descriptor, Int32(SHUT_RDWR)) }
      state.closeIfUnused()
    }
  }

  /// Makes a call without waiting. Returns nil if the call would have to wait.
  private func attempt(
    _ name: String, _ call: (Int32) -> Int
  ) throws(TestServerError) -> Int? {
    guard !interrupt.isRaised else { throw .stopped }
    let (count, code) = state.withLock { state in
      guard !state.isClosing else { return (-1, ESHUTDOWN) }
      let count = call(state.descriptor)
      return (count, count < 0 ? errno : 0)
    }
    if count >= 0 { return count }
    switch code {
    case EAGAIN, EWOULDBLOCK, EINTR: return nil
    case ESHUTDOWN: throw .closed
    case ECONNRESET, EPIPE: throw .reset
    default: throw .system(call: name, code: code)
    }
  }

  private func wait(
    for events: Int16, until deadline: ContinuousClock.Instant?
  ) throws(TestServerError) {
    let isWriter = events == Int16(POLLOUT)
    let descriptor = state.withLock { state in
      guard !state.isClosing else { return Int32(-1) }
      if isWriter { state.writers += 1 } else { state.readers += 1 }
      return state.descriptor
    }
    guard descriptor >= 0 else { throw .closed }
    defer {
      state.withLock { state in
        if isWriter { state.writers -= 1 } else { state.readers -= 1 }
        state.closeIfUnused()
      }
    }
    if try interrupt.wait(descriptor, for: events, until: deadline) == 0 { throw .timedOut }
  }
}

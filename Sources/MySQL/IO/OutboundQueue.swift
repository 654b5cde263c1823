/// Bytes that the socket has not accepted yet.
struct OutboundQueue {
  private var bytes: [UInt8] = []
  private var head = 0

  var count: Int { bytes.count - head }
  var isEmpty: Bool { head == bytes.count }

  mutating func append(_ more: [UInt8]) {
    if isEmpty {
      bytes = more
      head = 0
    } else {
      // Bytes that went out are released now and then, since a long load may never empty the queue.
      if head > bytes.count / 2 {
        bytes.removeFirst(head)
        head = 0
      }
      bytes += more
    }
  }

  /// Writes as much as the socket accepts.
  mutating func flush(to socket: Socket) throws(Socket.SystemError) {
    while !isEmpty {
      var failure: Socket.SystemError?
      let transfer = bytes.withUnsafeBytes { buffer -> Socket.Transfer in
        do throws(Socket.SystemError) {
          return try socket.write(UnsafeRawBufferPointer(rebasing: buffer[head...]))
        } catch {
          failure = error
          return .end
        }
      }
      if let failure { throw failure }
      guard case .bytes(let count) = transfer else { return }
      head += count
    }
    bytes = []
    head = 0
  }
}

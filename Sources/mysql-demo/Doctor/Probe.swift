import Foundation

/// A plain TCP or unix socket, without any of the protocol.
struct Probe {
  enum Failure: Error {
    case timedOut
    case system(Int32)
  }

  private let descriptor: Int32

  init(to address: UnsafePointer<sockaddr>, _ length: socklen_t, seconds: Int) throws(Failure) {
    descriptor = socket(Int32(address.pointee.sa_family), Platform.stream, 0)
    guard descriptor >= 0 else { throw .system(errno) }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    if connect(descriptor, address, length) != 0, errno != EINPROGRESS {
      defer { close(descriptor) }
      throw .system(errno)
    }
    guard wait(for: POLLOUT, seconds: seconds) else {
      close(descriptor)
      throw .timedOut
    }
    var number: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size)
    guard number == 0 else {
      close(descriptor)
      throw .system(number)
    }
  }

  /// Returns what the other side sends next; nil if it sends nothing in time, empty if it hangs up.
  func read(seconds: Int) -> [UInt8]? {
    guard wait(for: POLLIN, seconds: seconds) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return Array(bytes.prefix(max(0, count)))
  }

  /// Returns what the other side sends first, to the end of its packet if it sends packets: networks may cut a packet
  /// into pieces.
  func readFirstWords(seconds: Int) -> [UInt8]? {
    guard var words = read(seconds: seconds) else { return nil }
    if words.isEmpty { return words }
    let deadline = ContinuousClock().now + .seconds(seconds)
    while FirstWords.isCut(words), ContinuousClock().now < deadline {
      guard let more = read(seconds: seconds), !more.isEmpty else { break }
      words += more
    }
    return words
  }

  func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = send(descriptor, bytes, bytes.count, Platform.sendFlags)
  }

  func end() { close(descriptor) }

  private func wait(for events: Int32, seconds: Int) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    // With a negative timeout, poll would wait without end.
    return poll(&entry, 1, Int32(clamping: max(0, min(seconds, 43_200)) * 1000)) > 0
  }
}

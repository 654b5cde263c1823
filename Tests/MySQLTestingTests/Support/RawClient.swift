import Foundation

@testable import MySQLTesting

/// A plain blocking TCP client, which tells FIN from RST.
final class RawClient {
  private let descriptor: Int32

  enum Failure: Error, Equatable { case reset, timedOut, refused, brokenPipe, other(Int32) }

  init(port: Int) throws {
    // Closed in the commands that other tests start meanwhile: one of them would keep the connection open.
    descriptor = socket(AF_INET, Platform.streamSocket, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard result == 0 else {
      Foundation.close(descriptor)
      throw Failure.refused
    }
    timeout = .seconds(10)
  }

  init(adopting descriptor: Int32) { self.descriptor = descriptor }

  deinit { Foundation.close(descriptor) }

  /// How long `receive` and `send` wait.
  var timeout = Duration.seconds(10) {
    didSet {
      let (seconds, attoseconds) = timeout.components
      var value = timeval()
      value.tv_sec = numericCast(seconds)
      value.tv_usec = numericCast(attoseconds / 1_000_000_000_000)
      for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
        setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<timeval>.size))
      }
    }
  }

  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      #if canImport(Darwin)
        let flags: Int32 = 0
      #else
        let flags = Int32(MSG_NOSIGNAL)
      #endif
      let count = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, flags) }
      guard count > 0 else { throw failure() }
      rest = rest.dropFirst(count)
    }
  }

  /// Returns what one call receives; empty at FIN.
  func receive(atMost limit: Int = 64 << 10) throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: limit)
    let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
    guard count >= 0 else { throw failure() }
    return Array(buffer[..<count])
  }

  func receive(exactly count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let more = try receive(atMost: count - bytes.count)
      guard !more.isEmpty else { return bytes }
      bytes += more
    }
    return bytes
  }

  /// Returns everything up to FIN.
  func receiveAll() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let more = try receive(atMost: 1 << 20)
      guard !more.isEmpty else { return bytes }
      bytes += more
    }
  }

  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  private func failure() -> Failure {
    switch errno {
    case ECONNRESET: .reset
    case EAGAIN: .timedOut
    case EPIPE: .brokenPipe
    default: .other(errno)
    }
  }
}

import Foundation
import Testing

@testable import MySQL

extension Socket {
  /// Returns two ends that are connected to each other.
  static func pair() throws -> (Socket, Socket) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Darwin)
      try #require(socketpair(AF_UNIX, SOCK_STREAM, 0, &ends) == 0)
      for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    #else
      // A program that another test starts meanwhile must not keep an end open.
      let kind = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
      try #require(socketpair(AF_UNIX, Int32(kind), 0, &ends) == 0)
    #endif
    return (Socket(owning: ends[0]), Socket(owning: ends[1]))
  }

  /// Reads what has arrived.
  func readAll() throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while case .bytes(let count) = try read(into: buffer) { bytes += buffer[..<count] }
    return bytes
  }

  /// Writes a few bytes, which the socket must have room for.
  func write(_ bytes: [UInt8]) throws {
    let transfer = try bytes.withUnsafeBytes { try write($0) }
    try #require(transfer == .bytes(bytes.count))
  }
}

import Foundation

/// A file that is open for reading. Foundation's `FileHandle` would make a program that is linked statically four times
/// as large.
final class InputFile: Sendable {
  private let descriptor: Int32

  /// Takes over an open descriptor.
  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Throws what the system says of a file that it cannot open.
  init(path: String) throws {
    var opened: Int32
    repeat { opened = open(path, O_RDONLY | O_CLOEXEC) } while opened < 0 && errno == EINTR
    guard opened >= 0 else { throw Failure(path: path, code: errno) }
    descriptor = opened
  }

  deinit { _ = close(descriptor) }

  /// What the system said, in its own words.
  struct Failure: Error, CustomStringConvertible {
    var path: String?
    var code: Int32
    var description: String { (path.map { "\($0): " } ?? "") + String(cString: strerror(code)) }
  }

  /// Returns the next bytes, at most `count`, and none at the end.
  func read(upTo count: Int) throws -> [UInt8] {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var received: Int
      repeat {
        #if canImport(Darwin)
          received = Darwin.read(descriptor, buffer.baseAddress, count)
        #else
          received = Glibc.read(descriptor, buffer.baseAddress, count)
        #endif
      } while received < 0 && errno == EINTR
      if received < 0 { code = errno }
      filled = max(0, received)
    }
    guard code == 0 else { throw Failure(code: code) }
    return bytes
  }

  /// Returns everything up to the end.
  func readToEnd() throws -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let piece = try read(upTo: 64 << 10)
      if piece.isEmpty { return all }
      all += piece
    }
  }

  /// Whether everybody on the machine may write to it, and it is a file with content of its own.
  var isWritableByAll: Bool? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFREG && status.st_mode & S_IWOTH != 0
  }
}

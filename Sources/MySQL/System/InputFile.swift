import Foundation

/// A file that is open for reading. Foundation's `FileHandle` would make a program that is linked statically four times
/// as large.
final class InputFile: Sendable {
  private let descriptor: Int32

  /// Takes over an open descriptor.
  init(descriptor: Int32) { self.descriptor = descriptor }

  /// - Throws: `Failure` if the file cannot be opened.
  init(path: String) throws {
    var opened: Int32
    repeat { opened = open(path, O_RDONLY | O_CLOEXEC) } while opened < 0 && errno == EINTR
    guard opened >= 0 else { throw Failure(path: path, code: errno) }
    descriptor = opened
  }

  deinit { _ = close(descriptor) }

  /// An error of the system, in its own words.
  struct Failure: Error, CustomStringConvertible {
    var path: String?
    var code: Int32
    var description: String { (path.map { "\($0): " } ?? "") + String(cString: strerror(code)) }
  }

  /// Returns the next bytes, at most `count`; none at the end of the file.
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

  /// Whether it is a regular file to which every user of the machine may write; nil if the system does not say.
  var isWritableByAll: Bool? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFREG && status.st_mode & S_IWOTH != 0
  }
}

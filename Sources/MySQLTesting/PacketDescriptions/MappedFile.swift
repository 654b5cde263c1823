import Foundation

/// The bytes of a file. A regular file is mapped into memory, and the memory of what was read is given back, so that a
/// file may be larger than memory. Anything else, such as a pipe, is read whole.
struct MappedFile {
  private let bytes: [UInt8]
  private let mapping: Mapping?

  init(path: String) throws(CaptureError) {
    mapping = Mapping(path)
    bytes = mapping == nil ? try Self.readAll(path) : []
  }

  /// Reads what cannot be mapped. `Data(contentsOf:)` reads no pipes, and `FileHandle` would make a program that is
  /// linked statically four times as large.
  private static func readAll(_ path: String) throws(CaptureError) -> [UInt8] {
    func failure() -> CaptureError { .unreadable(path: path, reason: String(cString: strerror(errno))) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count == 0 { return all }
      if count > 0 {
        all += piece[..<count]
      } else if errno != EINTR {
        throw failure()
      }
    }
  }

  /// Calls the closure with the bytes, and with a function that takes the range that was just read.
  func withBytes<R>(_ body: (UnsafeRawBufferPointer, _ passed: (Range<Int>) -> Void) -> R) -> R {
    guard let mapping else { return bytes.withUnsafeBytes { body($0) { _ in } } }
    var read = mapping.noPages
    return body(mapping.bytes) { mapping.note($0, in: &read) }
  }

  /// A mapping that ends with its last reference.
  private final class Mapping {
    // The pointer is valid as long as this object, whose users do not let it escape from `withBytes`.
    let bytes: UnsafeRawBufferPointer
    private static let pageSize = Int(getpagesize())
    /// How much may be read before it is given back.
    private static let mostRead = 4 << 20

    init?(_ path: String) {
      // Asked before the file is opened, because opening a pipe has effects at its other end.
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
        return nil
      }
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      guard fstat(descriptor, &status) == 0, status.st_size > 0,
        let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
      else { return nil }
      bytes = UnsafeRawBufferPointer(start: start, count: Int(status.st_size))
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }

    var noPages: Range<Int> { bytes.count..<bytes.count }

    /// Adds a range to what was read since memory was last given back. Gives all of it back once it is too much; the
    /// system reads pages again when they are needed.
    func note(_ range: Range<Int>, in read: inout Range<Int>) {
      if range.isEmpty { return }
      read =
        read.isEmpty ? range : min(read.lowerBound, range.lowerBound)..<max(read.upperBound, range.upperBound)
      guard read.count >= Self.mostRead, let start = bytes.baseAddress else { return }
      let first = read.lowerBound / Self.pageSize * Self.pageSize
      _ = madvise(UnsafeMutableRawPointer(mutating: start + first), read.upperBound - first, MADV_DONTNEED)
      read = noPages
    }
  }
}

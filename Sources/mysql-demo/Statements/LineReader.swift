import Foundation

/// A reader of the lines of a file, or of the text of `-e`, without their ends.
final class LineReader {
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let descriptor: Int32?
  private let name: String
  /// Whether a carriage return at the end of a line is a part of it.
  var keepsCarriageReturns: Bool
  private var bytes: [UInt8]
  private var start = 0
  /// The position up to which no line end was found.
  private var searched = 0
  private var isAtEnd: Bool
  private(set) var number = 0
  /// The number of bytes that have been read from the file.
  private(set) var bytesRead = 0
  /// The reason why the lines end before the file does.
  private(set) var failure: String?

  /// - Parameters:
  ///   - name: The name of the file in errors.
  ///   - keepsCarriageReturns: Whether a carriage return at the end of a line is a part of it.
  init(_ descriptor: Int32, name: String, keepsCarriageReturns: Bool = false) {
    self.keepsCarriageReturns = keepsCarriageReturns
    self.descriptor = descriptor
    self.name = name
    bytes = []
    var status = stat()
    let isDirectory = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    isAtEnd = isDirectory
    if isDirectory { failure = "Can't read from a directory '\(name)'" }
  }

  init(text: [UInt8]) {
    descriptor = nil
    name = ""
    keepsCarriageReturns = true
    bytes = text
    isAtEnd = true
  }

  func next() -> [UInt8]? {
    guard var line = nextRaw() else { return nil }
    if !keepsCarriageReturns, line.last == UInt8(ascii: "\r") { line.removeLast() }
    number += 1
    if number == 1, line.begins(with: Self.byteOrderMark) { line.removeFirst(3) }
    return line
  }

  private func nextRaw() -> [UInt8]? {
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer {
          start = end + 1
          searched = start
        }
        return Array(bytes[start..<end])
      }
      searched = bytes.count
      if isAtEnd {
        defer { start = bytes.count }
        return start < bytes.count ? Array(bytes[start...]) : nil
      }
      fill()
    }
  }

  private func fill() {
    guard let descriptor else { return }
    bytes.removeFirst(start)
    searched -= start
    start = 0
    let known = bytes.count
    let size = max(64 << 10, known)
    bytes.append(contentsOf: repeatElement(0, count: size))
    var count: Int
    repeat {
      count = bytes.withUnsafeMutableBytes {
        let room = UnsafeMutableRawBufferPointer(rebasing: $0[known...])
        return Foundation.read(descriptor, room.baseAddress, room.count)
      }
    } while count < 0 && errno == EINTR
    let error = errno
    bytes.removeLast(size - max(0, count))
    bytesRead += max(0, count)
    if count < 0 {
      failure = "Failed to read the file '\(name)': " + String(cString: strerror(error))
      // A line that was cut off there must not be run.
      bytes.removeLast(bytes.count - start)
      searched = start
    }
    if count <= 0 { isAtEnd = true }
  }
}

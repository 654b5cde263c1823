import Foundation
import MySQLTesting

/// A buffer that gathers output into pieces of 64 KiB.
///
/// While a result is held, its bytes stay here until its rows are known to be complete. The official client reads all
/// rows before it prints the first, so it shows nothing of a result that fails halfway. A result of more than 1 MiB is
/// released before its end, so that memory use stays flat.
final class OutputBuffer {
  private static let pieceSize = 64 << 10
  private static let holdLimit = 1 << 20

  private let descriptor: Int32
  private var bytes: [UInt8] = []
  private var heldFrom: Int?
  /// Whether output can still be written.
  private(set) var isOpen = true
  /// The system's error number if not everything could be written; nil also if the reader has gone (EPIPE).
  private var failure: Int32?
  /// The file that gets a copy of everything from now on.
  var copy: Int32?
  /// Called before anything is written.
  var beforeWriting: (() -> Void)?
  /// Whether control characters are written as text, since what goes to a terminal is often text from others.
  private let showsControls: Bool

  /// - Parameter steers: Whether the output may control the terminal, if there is one.
  init(_ descriptor: Int32, steers: Bool = false) {
    self.descriptor = descriptor
    showsControls = !steers && isatty(descriptor) != 0
    bytes.reserveCapacity(2 * Self.pieceSize)
  }

  func write(_ byte: UInt8) { bytes.append(byte) }

  func write(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  func write(_ text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }

  func write(text: String) { bytes.append(contentsOf: text.utf8) }

  /// Writes bytes with spaces in place of NULs.
  func writeWithoutNUL(_ bytes: ArraySlice<UInt8>) {
    if bytes.contains(0) {
      append { buffer in for byte in bytes { buffer.append(byte == 0 ? UInt8(ascii: " ") : byte) } }
    } else {
      append { $0.append(contentsOf: bytes) }
    }
  }

  func write(repeating byte: UInt8, count: Int) {
    if count > 0 { bytes.append(contentsOf: repeatElement(byte, count: count)) }
  }

  /// Appends with direct access to the bytes.
  @inline(__always)
  func append<R>(_ body: (inout [UInt8]) throws -> R) rethrows -> R { try body(&bytes) }

  /// Writes the buffer if it has reached a whole piece.
  @inline(__always)
  func flushIfFull() {
    guard bytes.count >= Self.pieceSize else { return }
    if heldFrom == nil || bytes.count >= Self.holdLimit { flush() }
  }

  /// Holds everything from now on: nothing is final until `commit`.
  func hold() { heldFrom = bytes.count }

  /// Releases what was held, since it is complete.
  func commit() {
    heldFrom = nil
    flushIfFull()
  }

  /// Drops what is still held.
  func drop() {
    if let heldFrom { bytes.removeLast(bytes.count - heldFrom) }
    heldFrom = nil
  }

  /// Writes what is left. Returns the exit status of the run: the given one, or 1 if not everything could be written.
  /// In that case, the reason is printed on standard error.
  func end(status: Int32 = 0) -> Int32 {
    flush()
    guard let failure else { return status }
    StandardError.print("mysql-demo: the output could not be written: " + String(cString: strerror(failure)))
    return 1
  }

  func flush() {
    if !bytes.isEmpty { beforeWriting?() }
    if showsControls { bytes = VisibleText.lines(bytes) }
    if let copy, !bytes.isEmpty {
      let other = OutputBuffer(copy)
      other.write(bytes)
      other.flush()
    }
    var start = 0
    while start < bytes.count, isOpen {
      let written = bytes.withUnsafeBytes { buffer in
        let piece = UnsafeRawBufferPointer(rebasing: buffer[start...].prefix(Self.pieceSize))
        return Foundation.write(descriptor, piece.baseAddress, piece.count)
      }
      if written >= 0 {
        start += written
      } else if errno == EAGAIN || errno == EWOULDBLOCK {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, -1)
      } else if errno != EINTR {
        if errno != EPIPE { failure = errno }
        isOpen = false
      }
    }
    let isLarge = bytes.capacity > 8 * Self.pieceSize
    bytes.removeAll(keepingCapacity: !isLarge)
    if isLarge { bytes.reserveCapacity(2 * Self.pieceSize) }
    if heldFrom != nil { heldFrom = bytes.count }
  }
}

import Foundation

/// What is written, gathered into pieces of 64 KiB.
///
/// While a result is held, its bytes stay here until it is known that its rows are complete: the official
/// client has all rows before it prints the first, so of a result that fails half-way it shows nothing. A
/// result of more than 1 MiB is let go before its end, so that memory stays flat.
final class OutputBuffer {
  private static let pieceSize = 64 << 10
  private static let holdLimit = 1 << 20

  private let descriptor: Int32
  private var bytes: [UInt8] = []
  private var heldFrom: Int?
  /// Whether somebody may still be reading.
  private(set) var isOpen = true

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    bytes.reserveCapacity(2 * Self.pieceSize)
  }

  func write(_ byte: UInt8) { bytes.append(byte) }

  func write(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  func write(_ text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }

  func write(text: String) { bytes.append(contentsOf: text.utf8) }

  func write(repeating byte: UInt8, count: Int) {
    if count > 0 { bytes.append(contentsOf: repeatElement(byte, count: count)) }
  }

  /// Appends with direct access to the bytes.
  @inline(__always)
  func append<R>(_ body: (inout [UInt8]) throws -> R) rethrows -> R { try body(&bytes) }

  /// Writes what has become a whole piece.
  @inline(__always)
  func flushIfFull() {
    guard bytes.count >= Self.pieceSize else { return }
    if heldFrom == nil || bytes.count >= Self.holdLimit { flush() }
  }

  /// From now on nothing is final until `commit`.
  func hold() { heldFrom = bytes.count }

  /// What was held is complete.
  func commit() {
    heldFrom = nil
    flushIfFull()
  }

  /// Drops what is still held.
  func drop() {
    if let heldFrom { bytes.removeLast(bytes.count - heldFrom) }
    heldFrom = nil
  }

  func flush() {
    var start = 0
    while start < bytes.count, isOpen {
      let written = bytes.withUnsafeBytes { buffer in
        let piece = UnsafeRawBufferPointer(rebasing: buffer[start...].prefix(Self.pieceSize))
        return Foundation.write(descriptor, piece.baseAddress, piece.count)
      }
      if written >= 0 {
        start += written
      } else if errno != EINTR {
        isOpen = false
      }
    }
    let isLarge = bytes.capacity > 8 * Self.pieceSize
    bytes.removeAll(keepingCapacity: !isLarge)
    if isLarge { bytes.reserveCapacity(2 * Self.pieceSize) }
    if heldFrom != nil { heldFrom = bytes.count }
  }
}

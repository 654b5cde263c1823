/// Bytes to be sent, little-endian. A value that cannot be written is the caller's mistake, never the peer's.
package struct ByteWriter: Hashable, Sendable {
  package private(set) var bytes: [UInt8]

  package init(reserving capacity: Int = 0) {
    bytes = []
    if capacity > 0 { bytes.reserveCapacity(capacity) }
  }

  package var count: Int { bytes.count }

  package mutating func reserve(_ more: Int) { bytes.reserveCapacity(count + more) }

  package mutating func writeUInt8(_ value: UInt8) {
    bytes.append(value)
  }

  package mutating func writeUInt24(_ value: UInt32) {
    precondition(value < 1 << 24)
    writeInteger(UInt16(truncatingIfNeeded: value))
    writeUInt8(UInt8(truncatingIfNeeded: value >> 16))
  }

  /// Writes an integer in the width of its type.
  package mutating func writeInteger<I: FixedWidthInteger>(_ value: I) {
    precondition(MemoryLayout<I>.size <= 8)
    var rest = UInt64(truncatingIfNeeded: value)
    for _ in 0..<MemoryLayout<I>.size {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  package mutating func write(_ more: some Sequence<UInt8>) {
    bytes.append(contentsOf: more)
  }

  package mutating func write(buffer: UnsafeRawBufferPointer) { bytes.append(contentsOf: buffer) }

  package mutating func write(zeros count: Int) {
    bytes.append(contentsOf: repeatElement(0, count: count))
  }

  /// Writes bytes followed by a NUL. The bytes contain no NUL: callers have already refused values that do.
  package mutating func writeNullTerminated(_ value: some Sequence<UInt8>) {
    bytes.append(contentsOf: value)
    bytes.append(0)
  }

  /// Writes the count of at most 255 bytes as one byte, then the bytes.
  package mutating func writeShort(bytes more: [UInt8]) {
    precondition(more.count <= 255)
    writeUInt8(UInt8(truncatingIfNeeded: more.count))
    write(more)
  }

  /// Replaces a byte that was written before.
  package mutating func overwrite(at start: Int, with value: UInt8) { bytes[start] = value }

  /// Replaces four bytes that were written before.
  package mutating func overwrite(at start: Int, with value: UInt32) {
    bytes.withUnsafeMutableBytes {
      $0.storeBytes(of: value.littleEndian, toByteOffset: start, as: UInt32.self)
    }
  }

  /// Removes the first bytes.
  mutating func removeFirst(_ count: Int) { bytes.removeFirst(count) }

  /// Removes all bytes but keeps their memory for reuse, unless its capacity exceeds the limit.
  package mutating func removeAll(keepingUpTo limit: Int = .max) {
    if bytes.capacity > limit { bytes = [] } else { bytes.removeAll(keepingCapacity: true) }
  }

  /// Ends the writing and returns the bytes without copying them.
  package consuming func finish() -> [UInt8] { bytes }
}

// Reading is an extension on RawSpan with an `inout` position: as fast as unsafe pointers, checked, and
// free of experimental features. A read either moves the position past what it returns, or throws.
// RawSpan itself checks every range again, so a mistake here could trap but never read out of bounds;
// the guards below make sure that it cannot trap either.
extension RawSpan {
  /// Returns the number of bytes between the position and the end.
  @inline(__always)
  package func remaining(from position: Int) -> Int {
    byteCount - position
  }

  @inline(__always)
  package func readUInt8(at position: inout Int) throws(Violation) -> UInt8 {
    guard position >= 0, position < byteCount else { throw .truncated }
    defer { position += 1 }
    return unsafeLoad(fromByteOffset: position, as: UInt8.self)
  }

  /// Returns the byte at a position, if there is one.
  @inline(__always)
  package func peekUInt8(at position: Int) -> UInt8? {
    guard position >= 0, position < byteCount else { return nil }
    return unsafeLoad(fromByteOffset: position, as: UInt8.self)
  }

  /// Reads a little-endian integer in the width of its type.
  @inline(__always)
  package func readInteger<I: FixedWidthInteger & BitwiseCopyable>(
    _ type: I.Type = I.self, at position: inout Int
  ) throws(Violation) -> I {
    let size = MemoryLayout<I>.size
    guard position >= 0, byteCount - position >= size else { throw .truncated }
    defer { position += size }
    return I(littleEndian: unsafeLoadUnaligned(fromByteOffset: position, as: I.self))
  }

  /// Reads a little-endian integer of three bytes.
  @inline(__always)
  package func readUInt24(at position: inout Int) throws(Violation) -> UInt32 {
    let low = try readInteger(UInt16.self, at: &position)
    let high = try readUInt8(at: &position)
    return UInt32(low) | UInt32(high) << 16
  }

  /// Reads a fixed number of bytes and returns their range.
  @inline(__always)
  package func readRange(_ count: Int, at position: inout Int) throws(Violation) -> Range<Int> {
    guard count >= 0, position >= 0, byteCount - position >= count else { throw .truncated }
    let start = position
    position += count
    return Range(uncheckedBounds: (start, start + count))
  }

  /// Reads a fixed number of bytes.
  package func readBytes(_ count: Int, at position: inout Int) throws(Violation) -> [UInt8] {
    bytes(in: try readRange(count, at: &position))
  }

  /// Reads all bytes up to the end.
  package func readRest(at position: inout Int) throws(Violation) -> [UInt8] {
    try readBytes(byteCount - position, at: &position)
  }

  /// Reads the bytes before a NUL and skips the NUL.
  package func readNullTerminated(at position: inout Int) throws(Violation) -> [UInt8] {
    var end = position
    while end < byteCount {
      if unsafeLoad(fromByteOffset: end, as: UInt8.self) == 0 {
        let result = try readBytes(end - position, at: &position)
        position += 1
        return result
      }
      end += 1
    }
    throw .truncated
  }

  package func skip(_ count: Int, at position: inout Int) throws(Violation) {
    _ = try readRange(count, at: &position)
  }

  /// Copies the bytes in a range that one of the reads above returned.
  package func bytes(in range: Range<Int>) -> [UInt8] {
    extracting(range).withUnsafeBytes { Array($0) }
  }

  /// Returns the text in a range that one of the reads above returned. Bytes that are not UTF-8 are replaced
  /// by U+FFFD.
  @inline(__always)
  package func string(in range: Range<Int>) -> String {
    extracting(range).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }
}

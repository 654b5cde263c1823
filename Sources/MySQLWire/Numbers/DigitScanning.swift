// Scans decimal digits eight at a time: the eight bytes are one little-endian word, whose lowest byte is the
// first digit. Nothing here throws; callers check the position afterwards.
extension RawSpan {
  @inline(__always)
  func byte(at offset: Int) -> UInt8 {
    unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  func skipMinus(at position: inout Int) -> Bool {
    guard position < byteCount, byte(at: position) == UInt8(ascii: "-") else { return false }
    position += 1
    return true
  }

  @inline(__always)
  func skipPoint(at position: inout Int) -> Bool {
    guard position < byteCount, byte(at: position) == UInt8(ascii: ".") else { return false }
    position += 1
    return true
  }

  /// Appends all digits that follow to the value. The value wraps beyond 19 digits, so the caller counts them.
  @inline(__always)
  func scanDigits(at position: inout Int, into value: inout UInt64) {
    while byteCount - position >= 8, let eight = eightDigits(word(at: position)) {
      value = value &* 100_000_000 &+ eight
      position += 8
    }
    while position < byteCount {
      let digit = byte(at: position) &- UInt8(ascii: "0")
      guard digit <= 9 else { return }
      value = value &* 10 &+ UInt64(digit)
      position += 1
    }
  }
}

/// Returns the number that eight bytes of text spell, or nil if one of them is not a digit.
@inline(__always)
func eightDigits(_ text: UInt64) -> UInt64? {
  let digits = text ^ 0x3030_3030_3030_3030
  // A byte above 9 has its top bit set, or gets it set by adding 0x76.
  guard (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080 == 0 else { return nil }
  // Joins neighbors: to four numbers of two digits, then two of four, then one of eight.
  let pairs = (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
  let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
  return (fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF
}

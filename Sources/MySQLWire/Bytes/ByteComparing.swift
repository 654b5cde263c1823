extension RawSpan {
  /// Whether two spans hold the same bytes. Compares words: a loop over single bytes takes ten times as long.
  package func hasSameBytes(as other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    guard byteCount >= 8 else {
      for position in 0..<byteCount where peekUInt8(at: position) != other.peekUInt8(at: position) {
        return false
      }
      return true
    }
    // The last 8 bytes may overlap those before them.
    let last = byteCount - 8
    return withUnsafeBytes { own in
      other.withUnsafeBytes { others in
        // Not through the buffers or spans, which look at each step whether they have an address: half of the time.
        guard let own = own.baseAddress, let others = others.baseAddress else { return false }
        var position = 0
        while last &- position >= 32 {
          var difference = own.word(at: position) ^ others.word(at: position)
          difference |= own.word(at: position &+ 8) ^ others.word(at: position &+ 8)
          difference |= own.word(at: position &+ 16) ^ others.word(at: position &+ 16)
          difference |= own.word(at: position &+ 24) ^ others.word(at: position &+ 24)
          if difference != 0 { return false }
          position &+= 32
        }
        while position < last {
          if own.word(at: position) != others.word(at: position) { return false }
          position &+= 8
        }
        return own.word(at: last) == others.word(at: last)
      }
    }
  }
}

extension UnsafeRawPointer {
  @inline(__always)
  fileprivate func word(at offset: Int) -> UInt64 { loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
}

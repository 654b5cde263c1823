enum ByteOrder {
  case little, big
}

extension RawSpan {
  /// Returns the integer at an offset; nil if the span ends before the integer does.
  @inline(__always)
  func integer<I: FixedWidthInteger & BitwiseCopyable>(
    _ type: I.Type = I.self, at offset: Int, _ order: ByteOrder = .big
  ) -> I? {
    guard offset >= 0, offset <= byteCount - MemoryLayout<I>.size else { return nil }
    let value = unsafeLoadUnaligned(fromByteOffset: offset, as: I.self)
    return order == .big ? I(bigEndian: value) : I(littleEndian: value)
  }
}

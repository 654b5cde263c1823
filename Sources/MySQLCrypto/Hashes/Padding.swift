/// Joins the pieces and pads them to whole blocks, as FIPS 180-4 requires in section 5.1: a 1 bit, zeros, and
/// the length in bits. The length field is an eighth of a block. Where it has 16 bytes, its upper half is
/// always zero, because no array is that long.
func padded(_ pieces: [[UInt8]], toBlocksOf blockSize: Int) -> [UInt8] {
  let count = pieces.reduce(0) { $0 + $1.count }
  let lengthSize = blockSize / 8
  let blocks = (count + 1 + lengthSize + blockSize - 1) / blockSize
  var message: [UInt8] = []
  message.reserveCapacity(blocks * blockSize)
  for piece in pieces { message += piece }
  message.append(0x80)
  message += repeatElement(0, count: blocks * blockSize - message.count - 8)
  message += bigEndianBytes([UInt64(count) << 3])
  return message
}

/// Returns the bytes of the words, each with its highest byte first.
func bigEndianBytes(_ words: [some FixedWidthInteger & BitwiseCopyable]) -> [UInt8] {
  words.flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
}

extension RawSpan {
  /// Reads a word whose highest byte comes first.
  @inline(__always)
  func bigEndianWord<Word: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as: Word.Type) -> Word {
    Word(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: Word.self))
  }
}

extension FixedWidthInteger {
  @inline(__always)
  func rotatedLeft(_ count: Self) -> Self {
    self &<< count | self &>> (Self(truncatingIfNeeded: Self.bitWidth) &- count)
  }

  @inline(__always)
  func rotatedRight(_ count: Self) -> Self {
    self &>> count | self &<< (Self(truncatingIfNeeded: Self.bitWidth) &- count)
  }
}

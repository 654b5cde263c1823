/// The character set of the session, which decides how statements are read and how wide values are shown. Sets other
/// than UTF-8 are treated as single-byte sets.
enum CharacterSet: Equatable {
  case utf8mb4, utf8mb3, singleByte

  /// Returns the number of bytes of the character at a position; 0 if there is none.
  @inline(__always)
  func characterLength(at index: Int, in bytes: [UInt8]) -> Int {
    let first = bytes[index]
    if first < 0x80 || self == .singleByte { return 1 }
    return multibyteLength(first, at: index, in: bytes)
  }

  func isSpace(_ byte: UInt8) -> Bool { byte.isSpace || self == .singleByte && byte == 0xA0 }

  /// Whether a byte at the end of a statement is kept.
  func isGraphic(_ byte: UInt8) -> Bool {
    if byte < 0x80 { return byte > UInt8(ascii: " ") && byte != 0x7F }
    guard self == .singleByte else { return byte != 0xFF }
    // Bytes without a character in latin1, and its no-break space.
    return ![0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xA0].contains(byte)
  }

  private func multibyteLength(_ first: UInt8, at index: Int, in bytes: [UInt8]) -> Int {
    func follows(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      index + offset < bytes.count && range ~= bytes[index + offset]
    }
    switch first {
    case 0xC2...0xDF: return follows(1) ? 2 : 0
    case 0xE0...0xEF:
      // Halves of surrogate pairs count as characters here.
      let second: ClosedRange<UInt8> = first == 0xE0 ? 0xA0...0xBF : 0x80...0xBF
      return follows(1, second) && follows(2) ? 3 : 0
    case 0xF0...0xF4 where self == .utf8mb4:
      let second: ClosedRange<UInt8> =
        first == 0xF0 ? 0x90...0xBF : first == 0xF4 ? 0x80...0x8F : 0x80...0xBF
      return follows(1, second) && follows(2) && follows(3) ? 4 : 0
    default: return 0
    }
  }

  /// Returns the number of terminal cells that a text takes, as the official client counts them: a byte that is not a
  /// character takes none, an emoji takes one.
  func width(of range: Range<Int>, in bytes: [UInt8]) -> Int {
    guard self != .singleByte else { return range.count }
    var index = range.lowerBound
    var cells = 0
    while index < range.upperBound {
      let byte = bytes[index]
      if byte < 0x80 {
        cells += 1
        index += 1
        continue
      }
      let length = characterLength(at: index, in: bytes)
      guard length > 0, index + length <= range.upperBound else {
        index += 1
        continue
      }
      var scalar = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
      for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[index + offset] & 0x3F) }
      cells += Self.isWide(scalar) ? 2 : 1
      index += length
    }
    return cells
  }

  static func isWide(_ scalar: UInt32) -> Bool {
    guard scalar >= 0x1100 else { return false }
    return wideRanges.contains { $0 ~= scalar }
  }

  // The East Asian wide and full-width characters of Unicode 3.2, as the official client (10.11) has them:
  // measured by the padding of its tables, for every character.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x1159, 0x115F...0x115F, 0x2329...0x232A, 0x2E80...0x2E99, 0x2E9B...0x2EF3, 0x2F00...0x2FD5,
    0x2FF0...0x2FFB, 0x3000...0x303E, 0x3041...0x3096, 0x3099...0x30FF, 0x3105...0x312C, 0x3131...0x318E,
    0x3190...0x31B7, 0x31F0...0x321E, 0x3220...0x3243, 0x3250...0x327D, 0x327F...0x32FE, 0x3300...0x4DB5,
    0x4E00...0x9FA5, 0xA000...0xA48C, 0xA490...0xA4C6, 0xAC00...0xD7A3, 0xF900...0xFA2D, 0xFA30...0xFA6A,
    0xFE30...0xFE52, 0xFE54...0xFE66, 0xFE68...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFF,
  ]
}

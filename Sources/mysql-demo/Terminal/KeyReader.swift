import Foundation

/// A reader of keys from a terminal in raw mode: UTF-8 characters, control characters and the usual escape sequences.
struct KeyReader {
  private let descriptor: Int32
  private var bytes: [UInt8] = []
  private var position = 0

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Whether more keys are available already, as when text is pasted.
  var hasPending: Bool { position < bytes.count || isReadable(within: 0) }

  mutating func next() -> Key {
    while true {
      guard let byte = nextByte() else { return .closed }
      switch byte {
      case 0x0D, 0x0A: return .enter
      case 0x09: return .tab
      case 0x7F, 0x08: return .backspace
      case 0x01: return .home
      case 0x05: return .end
      case 0x02: return .left
      case 0x06: return .right
      case 0x10: return .up
      case 0x0E: return .down
      case 0x1B: if let key = escapeSequence() { return key }
      case 0x00..<0x20: return .control(Character(Unicode.Scalar(byte + 0x60)))
      default: if let key = character(byte) { return key }
      }
    }
  }

  /// Reads the rest of a character. Returns nil for a byte that begins no UTF-8 character; the bytes after it do not
  /// belong to it.
  private mutating func character(_ first: UInt8) -> Key? {
    let length =
      switch first {
      case 0..<0x80: 1
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard length > 0 else { return nil }
    var character = [first]
    while character.count < length {
      guard let byte = peekByte(), 0x80...0xBF ~= byte else { return nil }
      character.append(byte)
      position += 1
    }
    return String(validating: character, as: UTF8.self)?.first.map { .character($0) }
  }

  /// Reads an escape sequence. Returns nil for one that has no meaning here.
  private mutating func escapeSequence() -> Key? {
    guard hasMore, let kind = nextByte() else { return nil }
    switch kind {
    case UInt8(ascii: "b"): return .wordLeft
    case UInt8(ascii: "f"): return .wordRight
    case UInt8(ascii: "["), UInt8(ascii: "O"): break
    default: return nil
    }
    var parameters: [UInt8] = []
    while let byte = nextByte() {
      guard 0x40...0x7E ~= byte else {
        parameters.append(byte)
        continue
      }
      return Self.key(byte, String(decoding: parameters, as: UTF8.self))
    }
    return nil
  }

  private static func key(_ final: UInt8, _ parameters: String) -> Key? {
    let isModified = parameters.hasPrefix("1;")
    switch final {
    case UInt8(ascii: "A"): return .up
    case UInt8(ascii: "B"): return .down
    case UInt8(ascii: "C"): return isModified ? .wordRight : .right
    case UInt8(ascii: "D"): return isModified ? .wordLeft : .left
    case UInt8(ascii: "H"): return .home
    case UInt8(ascii: "F"): return .end
    case UInt8(ascii: "~"):
      switch parameters {
      case "1", "7": return .home
      case "4", "8": return .end
      case "3": return .delete
      default: return nil
      }
    default: return nil
    }
  }

  /// Whether more input follows at once. If not, Escape is a key by itself.
  private var hasMore: Bool { position < bytes.count || isReadable(within: 50) }

  private func isReadable(within milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  private mutating func nextByte() -> UInt8? {
    let byte = peekByte()
    if byte != nil { position += 1 }
    return byte
  }

  private mutating func peekByte() -> UInt8? {
    if position == bytes.count {
      bytes = [UInt8](repeating: 0, count: 4096)
      var count: Int
      repeat { count = read(descriptor, &bytes, bytes.count) } while count < 0 && errno == EINTR
      bytes.removeLast(bytes.count - max(0, count))
      position = 0
    }
    return position < bytes.count ? bytes[position] : nil
  }
}

/// A check whether bytes are a JSON text (RFC 8259) in UTF-8, since not every column that is called JSON holds one.
struct JSONText {
  private static let deepest = 512

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    var text = Self(bytes)
    guard text.takeValue(depth: 0) else { return false }
    text.skipSpace()
    return text.peek() == nil
  }

  private func peek() -> UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  private mutating func take(_ word: StaticString) -> Bool {
    for index in 0..<word.utf8CodeUnitCount {
      guard take(word.utf8Start[index]) else { return false }
    }
    return true
  }

  private mutating func takeValue(depth: Int) -> Bool {
    guard depth <= Self.deepest else { return false }
    skipSpace()
    switch peek() {
    case UInt8(ascii: "{"): return takeList(closing: UInt8(ascii: "}"), depth) { $0.takeMember(depth) }
    case UInt8(ascii: "["):
      return takeList(closing: UInt8(ascii: "]"), depth) { $0.takeValue(depth: depth + 1) }
    case UInt8(ascii: "\""): return takeString()
    case UInt8(ascii: "t"): return take("true")
    case UInt8(ascii: "f"): return take("false")
    case UInt8(ascii: "n"): return take("null")
    default: return takeNumber()
    }
  }

  private mutating func takeList(closing: UInt8, _ depth: Int, _ item: (inout Self) -> Bool) -> Bool {
    position += 1
    skipSpace()
    if take(closing) { return true }
    repeat {
      guard item(&self) else { return false }
      skipSpace()
    } while take(UInt8(ascii: ","))
    return take(closing)
  }

  private mutating func takeMember(_ depth: Int) -> Bool {
    skipSpace()
    guard takeString() else { return false }
    skipSpace()
    return take(UInt8(ascii: ":")) && takeValue(depth: depth + 1)
  }

  private mutating func takeString() -> Bool {
    guard take(UInt8(ascii: "\"")) else { return false }
    while let byte = peek() {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case 0..<0x20: return false
      case UInt8(ascii: "\\"): guard takeEscape() else { return false }
      default: break
      }
    }
    return false
  }

  private mutating func takeEscape() -> Bool {
    guard let letter = peek() else { return false }
    position += 1
    guard letter == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(letter) }
    for _ in 0..<4 {
      guard let digit = peek(), Character(Unicode.Scalar(digit)).isHexDigit else { return false }
      position += 1
    }
    return true
  }

  private mutating func takeNumber() -> Bool {
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { guard takeDigits() else { return false } }
    if take(UInt8(ascii: ".")) { guard takeDigits() else { return false } }
    guard take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) else { return true }
    if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
    return takeDigits()
  }

  private mutating func takeDigits() -> Bool {
    let start = position
    while let digit = peek(), UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit { position += 1 }
    return position > start
  }
}

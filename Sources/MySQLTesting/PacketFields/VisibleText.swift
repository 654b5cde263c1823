/// Text from another source, such as a server, in a form that is safe to show: nothing in it breaks the line, controls
/// the terminal, or reorders what is around it.
package enum VisibleText {
  package static func of(_ text: some StringProtocol) -> String {
    var rest = text.utf8.makeIterator()
    var isPlain = true
    while isPlain, let byte = rest.next() { isPlain = 0x20..<0x7F ~= byte }
    if isPlain { return String(text) }
    var shown = ""
    for scalar in text.unicodeScalars {
      if let escape = escape(for: scalar) { shown += escape } else { shown.unicodeScalars.append(scalar) }
    }
    return shown
  }

  /// Returns bytes of several lines in the same form. Line ends and tabs are kept. Bytes that are not UTF-8 are kept,
  /// except those that control terminals with 8-bit character sets.
  package static func lines(_ bytes: [UInt8]) -> [UInt8] {
    let isPlain = bytes.allSatisfy { 0x20..<0x7F ~= $0 || $0 == 0x0A || $0 == 0x09 }
    if isPlain { return bytes }
    var shown: [UInt8] = []
    shown.reserveCapacity(bytes.count + bytes.count / 8)
    var index = 0
    while index < bytes.count {
      let length = sequenceLength(in: bytes, at: index)
      let scalar =
        length == 0
        ? Unicode.Scalar(bytes[index])
        : String(decoding: bytes[index..<index + length], as: UTF8.self).unicodeScalars.first
      let isBreak = bytes[index] == 0x0A || bytes[index] == 0x09
      if !isBreak, let scalar, let escape = escape(for: scalar) {
        shown += Array(escape.utf8)
      } else {
        shown += bytes[index..<index + max(1, length)]
      }
      index += max(1, length)
    }
    return shown
  }

  /// Returns the length in bytes of the UTF-8 character that begins here; 0 if none does.
  private static func sequenceLength(in bytes: [UInt8], at index: Int) -> Int {
    let length =
      switch bytes[index] {
      case 0..<0x80: 1
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard index + length <= bytes.count,
      String(validating: bytes[index..<index + length], as: UTF8.self) != nil
    else { return 0 }
    return length
  }

  /// Returns the escape for a character that must not be shown as it is; nil for other characters.
  package static func escape(for scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\n": "\\n"
    case "\t": "\\t"
    case "\r": "\\r"
    case "\0": "\\0"
    case "\u{1}"..."\u{1F}", "\u{7F}"..."\u{9F}":
      "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    // Line and paragraph separators, and characters that change the direction of writing.
    case "\u{2028}", "\u{2029}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{200E}", "\u{200F}":
      "\\u{" + String(scalar.value, radix: 16) + "}"
    default: nil
    }
  }
}

/// How many cells of a terminal a text takes, as terminals of today show it.
enum TerminalWidth {
  /// The text without what would break a line or steer the terminal.
  static func printable(_ bytes: ArraySlice<UInt8>) -> String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case "\0": text += "\\0"
      case "\u{1}"..."\u{1F}", "\u{7F}"..."\u{9F}": text += "\\x" + String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  static func of(_ text: some StringProtocol) -> Int {
    // A character takes the cells of its widest scalar: an emoji with its modifiers is one of two cells.
    text.reduce(0) { $0 + ($1.unicodeScalars.map(width).max() ?? 0) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if CharacterSet.isWide(scalar.value) || scalar.properties.isEmojiPresentation { return 2 }
    return 0x1F300...0x1FAFF ~= scalar.value ? 2 : 1
  }
}

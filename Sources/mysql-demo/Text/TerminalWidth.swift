/// The number of terminal cells that a text takes, as today's terminals show it.
enum TerminalWidth {
  static func of(_ text: some StringProtocol) -> Int {
    // A character takes as many cells as its widest scalar: an emoji with its modifiers takes two.
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

/// The first word after a command.
struct CommandArgument {
  let bytes: [UInt8]
  /// What follows it.
  let rest: ArraySlice<UInt8>

  /// Reads the word, which is in quotes or ends at a space. A backslash makes the next character an ordinary one.
  init?(_ line: [UInt8]) {
    let line = line.drop { $0.isSpace }
    self.init(in: line.first == UInt8(ascii: "\\") ? line.dropFirst(2) : line.drop { !$0.isSpace })
  }

  private init?(in text: ArraySlice<UInt8>) {
    var text = text.drop { $0.isSpace }
    guard let first = text.first else { return nil }
    var quote: UInt8?
    if [UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`")].contains(first) {
      quote = first
      text = text.dropFirst()
    }
    var word: [UInt8] = []
    while let byte = text.first {
      if byte == UInt8(ascii: "\\"), text.count > 1 {
        text = text.dropFirst()
      } else if byte == quote, text.dropFirst().first == quote {
        // A doubled quote stands for itself.
        text = text.dropFirst()
      } else if byte == quote ?? UInt8(ascii: " ") {
        quote = nil
        break
      }
      word.append(text[text.startIndex])
      text = text.dropFirst()
    }
    guard quote == nil else { return nil }
    bytes = word
    rest = text
  }
}

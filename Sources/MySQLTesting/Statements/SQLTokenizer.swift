/// A tokenizer that splits SQL as the servers do.
package struct SQLTokenizer {
  /// The parts of the session's sql_mode that decide where strings end.
  package struct Rules: Hashable, Sendable {
    /// Whether a backslash in a string is an ordinary character (NO_BACKSLASH_ESCAPES).
    package var hasPlainBackslash = false
    /// Whether double quotes enclose names (ANSI_QUOTES).
    package var hasQuotedNames = false

    package init(hasPlainBackslash: Bool = false, hasQuotedNames: Bool = false) {
      self.hasPlainBackslash = hasPlainBackslash
      self.hasQuotedNames = hasQuotedNames
    }
  }

  package struct Token: Equatable {
    package var kind: Kind
    /// The range of the token in the text, with its quotes.
    package var range: Range<Int>
    /// Whether the token is complete; false for a string, name or comment that the end of the text cuts off.
    package var isClosed = true

    /// The range of the content: of a string or name, without its quotes.
    package var content: Range<Int> {
      switch kind {
      case .string, .quotedName: range.lowerBound + 1..<range.upperBound - (isClosed ? 1 : 0)
      default: range
      }
    }
  }

  package enum Kind: Equatable {
    /// A keyword, a name without quotes or a number.
    case word
    case string
    case quotedName
    /// A comment that no server reads.
    case comment
    /// Any other character.
    case mark(UInt8)
  }

  private let bytes: [UInt8]
  private let rules: Rules
  private var position = 0
  private var isInServerComment = false

  package init(_ bytes: [UInt8], _ rules: Rules) {
    self.bytes = bytes
    self.rules = rules
  }

  /// Returns the next token; nil at the end.
  package mutating func next() -> Token? {
    while let byte = peek() {
      let start = position
      if byte <= UInt8(ascii: " ") || byte == 0x7F {
        position += 1
      } else if Self.isWordPart(byte) {
        while let next = peek(), Self.isWordPart(next) { position += 1 }
        return Token(kind: .word, range: start..<position)
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
        return quoted(byte)
      } else if let comment = skipComment() {
        if comment.isToken {
          return Token(kind: .comment, range: start..<position, isClosed: comment.isClosed)
        }
      } else {
        position += 1
        return Token(kind: .mark(byte), range: start..<position)
      }
    }
    return nil
  }

  private mutating func quoted(_ quote: UInt8) -> Token {
    let isName = quote == UInt8(ascii: "`") || quote == UInt8(ascii: "\"") && rules.hasQuotedNames
    let hasEscapes = !isName && !rules.hasPlainBackslash
    let start = position
    position += 1
    var isClosed = false
    while let byte = peek() {
      position += 1
      if byte == UInt8(ascii: "\\"), hasEscapes, position < bytes.count {
        position += 1
      } else if byte == quote {
        guard peek() == quote else {
          isClosed = true
          break
        }
        position += 1
      }
    }
    return Token(kind: isName ? .quotedName : .string, range: start..<position, isClosed: isClosed)
  }

  /// Skips a comment, or one of the marks around a comment that servers read.
  private mutating func skipComment() -> (isToken: Bool, isClosed: Bool)? {
    switch (peek(), peek(1)) {
    case (UInt8(ascii: "#"), _):
      skipLine()
      return (true, true)
    // Two dashes begin a comment where a space, a control character or the end follows.
    case (UInt8(ascii: "-"), UInt8(ascii: "-")) where peek(2).map({ $0 <= 0x20 || $0 == 0x7F }) ?? true:
      skipLine()
      return (true, true)
    case (UInt8(ascii: "*"), UInt8(ascii: "/")) where isInServerComment:
      isInServerComment = false
      position += 2
      return (false, true)
    case (UInt8(ascii: "/"), UInt8(ascii: "*")):
      let mark = peek(2) == UInt8(ascii: "M") ? 3 : 2
      if peek(mark) == UInt8(ascii: "!") {
        isInServerComment = true
        position += mark + 1
        while let digit = peek(), UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit { position += 1 }
        return (false, true)
      }
      return (true, skipBlockComment())
    default: return nil
    }
  }

  private mutating func skipLine() {
    while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
  }

  /// Skips a block comment. Returns whether it is closed.
  private mutating func skipBlockComment() -> Bool {
    position += 2
    while let byte = peek() {
      if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        position += 2
        return true
      }
      position += 1
    }
    return false
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  private static func isWordPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }
}

extension SQLTokenizer.Rules {
  /// Returns the text that the content of a string stands for.
  package func unescaped(_ content: ArraySlice<UInt8>, quote: UInt8) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(content.count)
    var rest = content
    while let byte = rest.popFirst() {
      if byte == quote, rest.first == quote {
        rest.removeFirst()
      } else if byte == UInt8(ascii: "\\"), !hasPlainBackslash, let escaped = rest.popFirst() {
        text += Self.character(escapedAs: escaped)
        continue
      }
      text.append(byte)
    }
    return text
  }

  private static func character(escapedAs letter: UInt8) -> [UInt8] {
    switch letter {
    case UInt8(ascii: "0"): [0]
    case UInt8(ascii: "b"): [8]
    case UInt8(ascii: "t"): [9]
    case UInt8(ascii: "n"): [10]
    case UInt8(ascii: "r"): [13]
    case UInt8(ascii: "Z"): [26]
    // LIKE's wildcards keep the backslash.
    case UInt8(ascii: "%"), UInt8(ascii: "_"): [UInt8(ascii: "\\"), letter]
    default: [letter]
    }
  }
}

/// A scanner for the placeholders and names in a statement's text. It skips quoted text and comments, as the
/// server does.
///
/// How a text reads may depend on the session's sql_mode and the server's version. `isCertain` tells whether
/// this text reads the same with all of them. Code whose safety depends on the reading must check it.
struct SQLScanner {
  private let bytes: [UInt8]
  private var position = 0
  private(set) var isCertain = true

  enum Mark: Equatable {
    /// A question mark.
    case placeholder(Range<Int>)
    /// A colon and the name after it.
    case name(Range<Int>)

    var range: Range<Int> {
      switch self {
      case .placeholder(let range), .name(let range): range
      }
    }
  }

  init(_ sql: String) { bytes = Array(sql.utf8) }

  /// Returns how many placeholders the text has, or nil if that is not certain.
  static func certainPlaceholders(in sql: String) -> Int? {
    var scanner = SQLScanner(sql)
    var count = 0
    while let mark = scanner.next() {
      // In its ORACLE mode, MariaDB takes names for placeholders.
      guard case .placeholder = mark else { return nil }
      count += 1
    }
    return scanner.isCertain ? count : nil
  }

  /// Whether the text is certainly one query, or one change of rows. Unlike a CALL or a compound statement,
  /// it runs no other statements, and the server undoes it as a whole when it fails.
  static func runsNoOther(_ sql: String) -> Bool {
    [
      "select", "insert", "replace", "update", "delete", "with", "values", "table", "show", "load",
    ].contains(firstWord(of: sql))
  }

  /// Whether the text certainly leaves nothing in the session once a transaction is over. It must be a query
  /// or change of rows without variables and without functions that take locks or set what LAST_INSERT_ID
  /// returns, or a statement about transactions. The text does not tell what stored functions and triggers
  /// do.
  static func leavesNoTrace(_ sql: String) -> Bool {
    var scanner = SQLScanner(sql)
    let first = scanner.firstWord()
    let isAboutTransactions = ["begin", "start", "commit", "rollback", "savepoint"].contains(first)
    guard scanner.isCertain, isAboutTransactions || runsNoOther(sql) else { return false }
    return !scanner.mentionsSession() && scanner.isCertain
  }

  /// Whether the rest of the text has a variable, another statement, or a function that changes the session.
  private mutating func mentionsSession() -> Bool {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "@"), UInt8(ascii: ";"), UInt8(ascii: "$"): return true
      case UInt8(ascii: "'"): skipQuoted(byte)
      case UInt8(ascii: "\""), UInt8(ascii: "`"):
        // A function's name may be quoted too.
        let start = position + 1
        skipQuoted(byte)
        if Self.changesSession(bytes[start..<max(start, position - 1)]) { return true }
      case UInt8(ascii: "#"): skipLine()
      case UInt8(ascii: "-") where peek(1) == byte && isBlank(peek(2)): skipLine()
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipComment()
      case let byte where Self.isNamePart(byte):
        let word = bytes[position...].prefix { Self.isNamePart($0) }
        position += word.count
        if Self.changesSession(word) { return true }
      default: position += 1
      }
    }
    return false
  }

  /// Whether a word may name a function that changes the session: GET_LOCK, RELEASE_ALL_LOCKS, LAST_INSERT_ID,
  /// SERVICE_GET_WRITE_LOCKS.
  private static func changesSession(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count >= 8, word.contains(UInt8(ascii: "_")) else { return false }
    let word = String(decoding: word, as: UTF8.self).lowercased()
    return word == "last_insert_id" || word.hasSuffix("_lock") || word.hasSuffix("_locks")
  }

  /// Returns the first word of the text after blanks, comments and parentheses, in lower case. Empty if there
  /// is none, or if servers may disagree about it.
  static func firstWord(of sql: String) -> String {
    var scanner = SQLScanner(sql)
    let word = scanner.firstWord()
    return scanner.isCertain ? word : ""
  }

  private mutating func firstWord() -> String {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "#"): skipLine()
      case UInt8(ascii: "-") where peek(1) == byte && isBlank(peek(2)): skipLine()
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipComment()
      case UInt8(ascii: "("), 0x09...0x0D, 0x20: position += 1
      default:
        let word = bytes[position...].prefix { Self.isNamePart($0) }
        return String(decoding: word, as: UTF8.self).lowercased()
      }
    }
    return ""
  }

  /// Returns the next mark outside quotes and comments.
  mutating func next() -> Mark? {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): skipQuoted(byte)
      case UInt8(ascii: "#"): skipLine()
      case UInt8(ascii: "-") where peek(1) == byte && isBlank(peek(2)): skipLine()
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipComment()
      case UInt8(ascii: "?"):
        position += 1
        return .placeholder(position - 1..<position)
      case UInt8(ascii: ":"):
        if let name = takeName() { return .name(name) }
      default:
        // $$ begins a string in MySQL 9, and is part of a name in earlier servers.
        if byte == UInt8(ascii: "$") { isCertain = false }
        position += 1
      }
    }
    return nil
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  /// Whether two dashes begin a comment if this byte, or the end of the text, follows them.
  private func isBlank(_ byte: UInt8?) -> Bool { byte.map { $0 <= 0x20 || $0 == 0x7F } ?? true }

  /// Skips quoted text. A quote inside it is doubled, which reads as two quoted pieces, with the same result.
  private mutating func skipQuoted(_ quote: UInt8) {
    position += 1
    while let byte = peek() {
      position += 1
      if byte == quote { return }
      // Whether a backslash escapes depends on NO_BACKSLASH_ESCAPES, and in double quotes also on
      // ANSI_QUOTES.
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") {
        isCertain = false
        if position < bytes.count { position += 1 }
      }
    }
    isCertain = false
  }

  private mutating func skipLine() {
    while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
  }

  private mutating func skipComment() {
    position += 2
    if peek() == UInt8(ascii: "!") || (peek() == UInt8(ascii: "M") && peek(1) == UInt8(ascii: "!")) {
      // For some servers, the content of this comment counts.
      isCertain = false
      return
    }
    while peek() != nil {
      if peek() == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        position += 2
        return
      }
      position += 1
    }
    isCertain = false
  }

  /// Skips a colon, and a parameter's name that follows it. Returns the range of both, or nil if there is
  /// none, as for `::`, `:=` and the colon after a label.
  private mutating func takeName() -> Range<Int>? {
    let start = position
    position += 1
    if peek() == UInt8(ascii: ":") || peek() == UInt8(ascii: "=") {
      position += 1
      return nil
    }
    guard let first = peek(), Self.isNamePart(first), !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= first),
      start == 0 || !Self.isNamePart(bytes[start - 1])
    else { return nil }
    while let byte = peek(), Self.isNamePart(byte) { position += 1 }
    return start..<position
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}

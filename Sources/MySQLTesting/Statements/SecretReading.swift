/// The secrets of a text, as read by one set of rules for where strings end.
struct SecretReading {
  private let sql: [UInt8]
  private(set) var secrets: [Range<Int>] = []
  /// Whether every string and quoted name is closed.
  private(set) var isClosed = true
  /// The strings of the current statement that are not known to be secrets.
  private var strings: [Range<Int>] = []
  /// Whether the strings that follow are secrets.
  private var isSecret = false
  private var previous: [SQLTokenizer.Token] = []

  init(_ sql: [UInt8], _ rules: SQLTokenizer.Rules) {
    self.sql = sql
    var tokenizer = SQLTokenizer(sql, rules)
    while let token = tokenizer.next() { read(token) }
  }

  private mutating func read(_ token: SQLTokenizer.Token) {
    switch token.kind {
    case .comment:
      if StatementSecrets.Hints(sql[token.range]).hasWord { secrets.append(token.range) }
      return
    case .string: readString(token)
    case .word:
      if StatementSecrets.Hints(sql[token.range]).hasWord { isSecret = true }
    case .quotedName:
      isClosed = isClosed && token.isClosed
      if StatementSecrets.Hints(sql[token.content]).hasWord { isSecret = true }
    case .mark(UInt8(ascii: ";")):
      isSecret = false
      strings = []
    case .mark(UInt8(ascii: "=")):
      if followsVariable { isSecret = true }
    case .mark(UInt8(ascii: "@")):
      // SELECT … INTO @variable: what was selected may be a secret.
      if let last = previous.last, last.kind == .word, isWord(last, "into") {
        secrets += strings
        isSecret = true
      }
    case .mark: break
    }
    previous = previous.suffix(3) + [token]
  }

  private mutating func readString(_ token: SQLTokenizer.Token) {
    isClosed = isClosed && token.isClosed
    let content = sql[token.content]
    if isSecret || holdsStatement(content) {
      secrets.append(token.content)
    } else if let password = passwordOfURL(content) {
      secrets.append(password)
    } else {
      strings.append(token.content)
    }
  }

  /// Whether a user variable comes right before: `@name`, or `@name :`.
  private var followsVariable: Bool {
    var before = previous[...]
    if before.last?.kind == .mark(UInt8(ascii: ":")) { before.removeLast() }
    guard before.popLast().map({ $0.kind == .word || $0.kind == .quotedName || $0.kind == .string }) ?? false
    else { return false }
    guard before.popLast()?.kind == .mark(UInt8(ascii: "@")) else { return false }
    // Two `@` name a system variable.
    return before.last?.kind != .mark(UInt8(ascii: "@"))
  }

  private func isWord(_ token: SQLTokenizer.Token, _ word: String) -> Bool {
    String(decoding: sql[token.range], as: UTF8.self).lowercased() == word
  }

  /// Whether a string is itself a statement with a password, as in PREPARE.
  private func holdsStatement(_ content: ArraySlice<UInt8>) -> Bool {
    content.contains { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
      && StatementSecrets.Hints(content).hasWord
  }

  /// Returns the range of the password in `scheme://user:password@host`.
  private func passwordOfURL(_ content: ArraySlice<UInt8>) -> Range<Int>? {
    let slash = UInt8(ascii: "/")
    guard let colon = content.firstIndex(of: UInt8(ascii: ":")),
      content[colon...].dropFirst().prefix(2) == [slash, slash],
      let at = content.lastIndex(of: UInt8(ascii: "@")), at > colon,
      let start = content[(colon + 3)..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return start + 1..<at
  }
}

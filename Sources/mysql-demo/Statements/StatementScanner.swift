/// Takes lines apart into statements and commands, exactly where the `mariadb` command does: at the delimiter,
/// outside of strings and comments. Comments are left out, but for those that the server reads.
///
/// It stops at each statement and command, since what these do may change how the rest of the line reads.
struct StatementScanner {
  private static let delimiterCommand = Array("delimiter".utf8)

  var delimiter = Array(";".utf8)
  /// Whether comments are sent, too.
  var keepsComments = false
  /// Whether a backslash in a string is a character like any other (NO_BACKSLASH_ESCAPES).
  var hasPlainBackslash = false
  var characterSet = CharacterSet.utf8mb4
  /// Whether double quotes are for names (ANSI_QUOTES).
  var hasQuotedNames = false
  /// The statement so far.
  var pending: [UInt8] = []
  /// The quote of the string that is open, or 0.
  private(set) var quote: UInt8 = 0
  private(set) var isInComment = false

  private var line: [UInt8] = []
  private var position = 0
  /// What of the line is not pending yet.
  private var piece: [UInt8] = []
  private var isInServerComment = false
  private var needsSpace = false
  /// Whether the argument of a command comes next.
  private var hasArgument = false

  enum Step: Equatable {
    /// A statement is complete, and is what is pending.
    case statement
    /// A command stands in the line, with the rest of the line as its argument.
    case command(ClientCommand, line: [UInt8])
    /// The pending statement is a command.
    case pendingCommand(ClientCommand)
    case unknownCommand(UInt8)
  }

  /// Whether the next line may be a command by itself.
  var isAtStart: Bool { pending.isEmpty && !isInComment && quote == 0 }

  mutating func forgetString() { quote = 0 }

  mutating func begin(_ line: [UInt8]) {
    self.line = line
    position = 0
    piece = []
    isInServerComment = false
    needsSpace = false
    hasArgument = false
  }

  /// Goes on with the line; nil at its end.
  mutating func next() -> Step? {
    guard !line.isEmpty || !pending.isEmpty else { return nil }
    if hasArgument { skipArgument() }
    hasArgument = false
    while position < line.count {
      takePlainRun()
      guard position < line.count else { break }
      let byte = line[position]
      if piece.isEmpty, pending.isEmpty, characterSet.isSpace(byte), !keepsComments {
        position += 1
      } else if takeWholeCharacter() {
        continue
      } else if !isInComment, byte == UInt8(ascii: "\\"), isBackslashSpecial {
        guard position + 1 < line.count else { break }
        if let step = takeEscape() { return step }
      } else if !isInComment, quote == 0, line[position...].begins(with: delimiter) {
        return takeDelimiter()
      } else if !isInComment, quote == 0, isLineComment {
        flushPiece()
        if let step = takeLineComment() { return step }
      } else {
        takeOther(byte)
      }
    }
    endLine()
    return nil
  }

  /// Letters and digits, which mean nothing here, are passed on together: lines may be megabytes long.
  private mutating func takePlainRun() {
    guard !needsSpace, let special = delimiter.first else { return }
    var end = position
    while end < line.count, line[end].isPlain, line[end] != special { end += 1 }
    if !isInComment || keepsComments { piece += line[position..<end] }
    position = end
  }

  /// Characters of several bytes are passed on whole.
  private mutating func takeWholeCharacter() -> Bool {
    let length = characterSet.characterLength(at: position, in: line)
    guard length > 1 else { return false }
    if !isInComment || keepsComments { piece += line[position..<position + length] }
    position += length
    return true
  }

  /// In names a backslash is a character like any other.
  private var isBackslashSpecial: Bool {
    switch quote {
    case 0: true
    case UInt8(ascii: "`"): false
    case UInt8(ascii: "\""): !hasPlainBackslash && !hasQuotedNames
    default: !hasPlainBackslash
    }
  }

  private mutating func takeEscape() -> Step? {
    let byte = line[position + 1]
    if quote != 0 || byte == UInt8(ascii: "N") {
      piece += [UInt8(ascii: "\\"), byte]
      position += 2
      return nil
    }
    guard let command = ClientCommand.named(letter: byte) else {
      piece += [UInt8(ascii: "\\"), byte]
      position += 2
      return .unknownCommand(byte)
    }
    flushPiece()
    let text = Array(line[position...])
    position += 2
    // Only when it is carried out: it may set the delimiter at which its argument ends.
    hasArgument = command.takesArgument
    return .command(command, line: text)
  }

  /// The argument of a command ends at the delimiter, and that goes with it.
  private mutating func skipArgument() {
    while position < line.count {
      if isInServerComment {
        if line[position...].begins(with: [UInt8(ascii: "*"), UInt8(ascii: "/")]) { return }
      } else if line[position...].begins(with: delimiter) {
        position += delimiter.count
        return
      }
      position += 1
    }
  }

  private mutating func takeDelimiter() -> Step {
    position += delimiter.count
    if keepsComments {
      while position < line.count, line[position].isSpace {
        piece.append(line[position])
        position += 1
      }
    }
    flushPiece()
    if keepsComments, position < line.count, isTrailingComment {
      pending += line[position...]
      position = line.count
    }
    if let command = ClientCommand.named(statement: pending) {
      return .pendingCommand(command)
    }
    return .statement
  }

  private var isTrailingComment: Bool {
    if line[position] == UInt8(ascii: "#") { return true }
    let rest = line[position...]
    guard rest.begins(with: Array("--".utf8)), rest.count > 2 else { return false }
    return line[position + 2].isSpace
  }

  /// Two dashes need a space behind them, unless nothing stands before them in the statement.
  private var isLineComment: Bool {
    if line[position] == UInt8(ascii: "#") { return true }
    let rest = line[position...]
    guard rest.begins(with: Array("--".utf8)) else { return false }
    return rest.count == 2 || line[position + 2].isSpace || pending.isEmpty && piece.isEmpty
  }

  private mutating func takeLineComment() -> Step? {
    defer { position = line.count }
    guard keepsComments else { return nil }
    let wasEmpty = pending.isEmpty
    pending += line[position...]
    return wasEmpty ? .statement : nil
  }

  private mutating func takeOther(_ byte: UInt8) {
    let rest = line[position...]
    if quote == 0, rest.begins(with: Array("/*".utf8)), !rest.dropFirst(2).begins(with: Array("!".utf8)),
      !rest.dropFirst(2).begins(with: Array("M!".utf8))
    {
      takeCommentMark()
      isInComment = true
    } else if isInComment, !isInServerComment, rest.begins(with: Array("*/".utf8)) {
      takeCommentMark()
      isInComment = false
      needsSpace = true
    } else {
      if quote == 0 {
        if rest.begins(with: Array("/*!".utf8)) {
          isInServerComment = true
        } else if isInServerComment, rest.begins(with: Array("*/".utf8)) {
          isInServerComment = false
        }
      }
      if byte == quote {
        quote = 0
      } else if !isInComment, quote == 0, byte.isQuote {
        quote = byte
      }
      if !isInComment || keepsComments {
        if needsSpace, !byte.isSpace { piece.append(UInt8(ascii: " ")) }
        needsSpace = false
        piece.append(byte)
      }
      position += 1
    }
  }

  private mutating func takeCommentMark() {
    if keepsComments { piece += line[position..<position + 2] }
    position += 2
    flushPiece()
  }

  private mutating func flushPiece() {
    pending += piece
    piece = []
  }

  private mutating func endLine() {
    guard !piece.isEmpty || !pending.isEmpty else { return }
    let isDelimiter = piece.begins(with: Self.delimiterCommand, ignoringCase: true)
    if !isDelimiter || quote != 0 || isInComment { piece.append(UInt8(ascii: "\n")) }
    if !isInComment || keepsComments { pending += piece }
    piece = []
    line = []
  }
}

extension UInt8 {
  fileprivate var isPlain: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: ")"):
      true
    default: false
    }
  }

  fileprivate var isQuote: Bool {
    self == UInt8(ascii: "'") || self == UInt8(ascii: "\"") || self == UInt8(ascii: "`")
  }
}

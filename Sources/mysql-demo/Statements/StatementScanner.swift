/// A scanner that splits lines into statements and commands exactly where the `mariadb` command does: at the delimiter,
/// outside of strings and comments. Comments are left out, except those that the server reads.
///
/// It stops at each statement and command, since running them may change how the rest of the line is read.
struct StatementScanner {
  private static let delimiterCommand = Array("delimiter".utf8)

  var delimiter = Array(";".utf8)
  /// Whether comments are sent, too.
  var keepsComments = false
  /// Whether a backslash in a string is an ordinary character (NO_BACKSLASH_ESCAPES).
  var hasPlainBackslash = false
  var characterSet = CharacterSet.utf8mb4
  /// Whether only `\C` and `delimiter` are commands (`--binary-mode`).
  var isBinary = false
  /// Whether double quotes enclose names (ANSI_QUOTES).
  var hasQuotedNames = false
  /// The statement so far.
  var pending: [UInt8] = []
  /// The quote of the open string; 0 if none is open.
  private(set) var quote: UInt8 = 0
  private(set) var isInComment = false

  private var line: [UInt8] = []
  private var position = 0
  /// The part of the line that is read but not in `pending` yet.
  private var piece: [UInt8] = []
  private var isInServerComment = false
  private var needsSpace = false
  /// Whether the argument of a command comes next.
  private var hasArgument = false

  enum Step: Equatable {
    /// The pending statement is complete.
    case statement
    /// A command within the line, with the rest of the line as its argument.
    case command(ClientCommand, line: [UInt8])
    /// The pending statement is a command.
    case pendingCommand(ClientCommand)
    case unknownCommand(UInt8)
  }

  /// Whether the next line may be a command by itself.
  var isAtStart: Bool { pending.isEmpty && isOutside }

  /// Whether the next line begins neither in a comment nor in a string.
  var isOutside: Bool { !isInComment && quote == 0 }

  mutating func forgetString() { quote = 0 }

  mutating func begin(_ line: [UInt8]) {
    self.line = line
    position = 0
    piece = []
    isInServerComment = false
    needsSpace = false
    hasArgument = false
  }

  /// Continues with the line. Returns nil at its end.
  mutating func next() -> Step? {
    guard !line.isEmpty || !pending.isEmpty else { return nil }
    if hasArgument { skipArgument() }
    hasArgument = false
    while position < line.count {
      takePlainText()
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

  /// Takes letters and digits, which have no special meaning here, all at once: lines may be megabytes long. Within
  /// quotes, only the quote, a backslash and the first byte of a longer character have one.
  private mutating func takePlainText() {
    guard !needsSpace, let special = delimiter.first else { return }
    var end = position
    if quote != 0, !isInComment {
      while end < line.count, line[end] < 0x80, line[end] != quote, line[end] != UInt8(ascii: "\\") {
        end += 1
      }
    } else {
      while end < line.count, line[end].isPlain, line[end] != special { end += 1 }
    }
    if !isInComment || keepsComments { piece += line[position..<end] }
    position = end
  }

  /// Takes a character of several bytes as a whole. Returns whether there was one.
  private mutating func takeWholeCharacter() -> Bool {
    let length = characterSet.characterLength(at: position, in: line)
    guard length > 1 else { return false }
    if !isInComment || keepsComments { piece += line[position..<position + length] }
    position += length
    return true
  }

  /// Whether a backslash is special here. In names it is an ordinary character.
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
    guard let command = ClientCommand.named(letter: byte), !isBinary || command == .charset else {
      piece += [UInt8(ascii: "\\"), byte]
      position += 2
      return .unknownCommand(byte)
    }
    flushPiece()
    let text = Array(line[position...])
    position += 2
    // The argument is skipped only after the command has run, since the command may set the delimiter at which its
    // argument ends.
    hasArgument = command.takesArgument
    return .command(command, line: text)
  }

  /// Skips the argument of a command, up to the delimiter and including it.
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
    if let command = ClientCommand.named(statement: pending), !isBinary || command == .delimiter {
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

  /// Whether a comment up to the end of the line begins here. Two dashes need a space after them, unless they begin the
  /// statement.
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

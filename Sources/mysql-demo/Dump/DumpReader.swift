import MySQLWire

/// The statements of a dump, one after the other. They end where the `mysql` and `mariadb` commands end them.
///
/// Of these clients' own commands, dumps have DELIMITER, USE and MariaDB's sandbox mark. The others could do anything
/// on this machine, so they are errors.
struct DumpReader {
  private let lines: LineReader
  private var scanner = StatementScanner()
  private var isInLine = false
  /// The line at which the pending text begins. Empty lines may precede the statement in it.
  private var start = 1
  /// Whether the last line that is not empty says that the dump is complete.
  private(set) var isComplete = false

  struct Statement {
    /// The text, without spaces around it.
    let text: ArraySlice<UInt8>
    /// The line at which it begins.
    let line: Int

    /// Whether it stores rows, and so does not change how the next statement is read.
    var storesRows: Bool {
      text.begins(with: Array("insert ".utf8), ignoringCase: true)
        || text.begins(with: Array("replace ".utf8), ignoringCase: true)
    }
  }

  enum Step {
    case statement(Statement)
    case use(database: [UInt8], Statement)
  }

  init(_ lines: LineReader) {
    self.lines = lines
    // Routines keep their comments.
    scanner.keepsComments = true
  }

  var bytesRead: Int { lines.bytesRead }

  /// Returns the next step, or nil at the end.
  ///
  /// - Parameter status: How the session reads strings.
  mutating func next(_ status: StatusFlags) throws(RestoreFailure) -> Step? {
    scanner.hasPlainBackslash = status.contains(.noBackslashEscapes)
    scanner.hasQuotedNames = status.contains(.ansiQuotes)
    while true {
      if !isInLine {
        guard let line = lines.next() else {
          try checkEnd()
          return nil
        }
        if scanner.pending.isEmpty { start = lines.number }
        if let step = try begin(line) { return step }
      }
      while isInLine {
        guard let scanned = scanner.next() else {
          isInLine = false
          break
        }
        if let step = try take(scanned) { return step }
      }
    }
  }

  /// Begins a line, or handles it as a whole.
  private mutating func begin(_ line: [UInt8]) throws(RestoreFailure) -> Step? {
    if scanner.isAtStart {
      if line.isEmpty { return nil }
      if line.begins(with: Array("--".utf8)) {
        isComplete = line.begins(with: Array(DumpScript.lastLine.utf8))
        return nil
      }
      if Self.mayBeCommand(line), let command = ClientCommand.on(line: line, delimiter: scanner.delimiter) {
        return try perform(command, line)
      }
    }
    isComplete = false
    scanner.begin(line)
    isInLine = true
    return nil
  }

  /// Whether the first word of a line is a command's. The rest of the line may be long.
  private static func mayBeCommand(_ line: [UInt8]) -> Bool {
    let word = line.drop { $0.isSpace }.prefix { !$0.isSpace && $0 != UInt8(ascii: ";") }
    guard word.count < 16 else { return false }
    return ClientCommand(rawValue: String(decoding: word, as: UTF8.self).lowercased()) != nil
  }

  private mutating func take(_ scanned: StatementScanner.Step) throws(RestoreFailure) -> Step? {
    switch scanned {
    case .statement, .command(.go, _), .command(.ego, _):
      let statement = pendingStatement()
      scanner.pending = []
      start = lines.number
      return statement.map { .statement($0) }
    case .pendingCommand(let command):
      let text = scanner.pending
      scanner.pending = []
      return try perform(command, text)
    case .command(let command, let text): return try perform(command, text)
    case .unknownCommand(let letter):
      throw refusal("\\" + String(UnicodeScalar(letter)))
    }
  }

  private mutating func perform(_ command: ClientCommand, _ text: [UInt8]) throws(RestoreFailure) -> Step? {
    switch command {
    case .delimiter:
      guard let word = CommandArgument(text)?.bytes, !word.isEmpty else {
        throw refusal("DELIMITER without a delimiter")
      }
      scanner.delimiter = Array(word.prefix { !$0.isSpace }.prefix(15))
    case .use:
      guard let name = CommandArgument(text)?.bytes, !name.isEmpty else {
        throw refusal("USE without a database")
      }
      return .use(database: name, Statement(text: text[...], line: lines.number))
    // It forbids what is refused here in any case.
    case .sandbox: break
    default: throw refusal(command.rawValue)
    }
    return nil
  }

  private func refusal(_ command: String) -> RestoreFailure {
    RestoreFailure(
      scanner.pending[...], line: lines.number,
      "a command of the client, which is not part of a dump and is not run: \(command)")
  }

  /// Returns the pending statement; nil if there is nothing but comments.
  private func pendingStatement() -> Statement? {
    var line = start
    var text = scanner.pending[...]
    while let first = text.first, first.isSpace {
      if first == UInt8(ascii: "\n") { line += 1 }
      text.removeFirst()
    }
    while let last = text.last, last.isSpace { text.removeLast() }
    if text.isEmpty { return nil }
    let isComment = text.first == UInt8(ascii: "#") || text.begins(with: Array("--".utf8))
    return isComment && !text.contains(UInt8(ascii: "\n")) ? nil : Statement(text: text, line: line)
  }

  /// Checks that no statement is open at the end.
  private func checkEnd() throws(RestoreFailure) {
    if let failure = lines.failure { throw RestoreFailure([], line: lines.number, failure) }
    guard let statement = pendingStatement() else { return }
    throw RestoreFailure(
      statement.text, line: statement.line, "the file ends within a statement, which was not run")
  }
}

import Foundation
import MySQL
import MySQLWire

/// A session that runs statements and the client's own commands, and writes their results.
final class Client {
  let arguments: Arguments
  let output: OutputBuffer
  let characterSet: SessionCharacterSet
  let interrupts: Interrupts
  var connection: MySQLConnection
  /// False after a `connect` that failed.
  var isConnected = true
  var delimiter: [UInt8]
  var showsWarnings: Bool
  /// Whether a person at a terminal reads the results, and so is shown how many rows there are and how long it took.
  var isTerminal = false
  /// The database in use, as far as it is known.
  var database: String?
  /// Whether the run goes on after an error.
  var isForced: Bool
  /// The position of the current statement, for errors.
  var place: (line: Int, file: String?) = (0, nil)
  var exitStatus: Int32 = 1
  /// Whether statements are passed over because another database is in use (`-o`).
  var isInOtherDatabase: Bool
  /// Whether commands that use files or the system are refused.
  var isSandboxed: Bool
  /// The pager, tee and prompt, as they are now.
  var terminal: TerminalOptions
  /// The pager that shows the current result.
  var pager: Pager?
  var tee: Tee?
  var lastTee: String?
  /// The statement that ran last, for `edit`.
  var lastStatement: [UInt8] = []
  /// The names that lines are completed with.
  var names = CompletionNames()
  /// How many prompts with a number there have been.
  var promptNumber = 0
  /// The AUTO_INCREMENT value of the last statement without rows; 0 if it made none.
  var lastInsertID: UInt64 = 0
  var knownAccount: (connection: UInt32, name: String)?

  /// Whether the run goes on after a step.
  enum Outcome {
    case goesOn, ends
  }

  init(
    _ arguments: Arguments, _ connection: MySQLConnection, _ characterSet: SessionCharacterSet,
    _ output: OutputBuffer, _ interrupts: Interrupts
  ) {
    self.arguments = arguments
    self.connection = connection
    self.characterSet = characterSet
    self.output = output
    self.interrupts = interrupts
    interrupts.begin()
    delimiter = arguments.delimiter
    database = connection.configuration.database
    showsWarnings = arguments.showsWarnings
    isForced = arguments.isForced
    isInOtherDatabase = arguments.rules.isBeforeDatabase
    terminal = arguments.terminal
    isSandboxed = arguments.rules.isSandboxed
  }

  /// Runs everything in the lines. Returns the exit status.
  func run(_ lines: LineReader, file: String? = nil) async -> Int32 {
    let before = place
    defer { place = before }
    place = (0, file)
    exitStatus = 1
    var scanner = StatementScanner()
    scanner.characterSet = characterSet.kind
    scanner.keepsComments = arguments.keepsComments
    scanner.isBinary = arguments.rules.isBinary
    if scanner.isBinary { lines.keepsCarriageReturns = true }
    while let line = lines.next() {
      writeNotices()
      // Ctrl-C stops the whole file that `source` reads.
      if file != nil, interrupts.isAsked { return isTerminal ? 0 : 1 }
      if !scanner.isBinary, line.contains(0) {
        reportNUL(scanner.pending + line)
        return exitStatus
      }
      if scanner.pending.isEmpty { place.line = lines.number }
      if await take(line, &scanner) == .ends {
        if exitStatus != 0 { return exitStatus }
        break
      }
    }
    writeNotices()
    if let failure = lines.failure {
      write(error: Failure(failure))
      exitStatus = 1
      return exitStatus
    }
    // An unfinished statement is run, even after a `quit`.
    exitStatus = 0
    if await execute(&scanner.pending, isVertical: arguments.isVertical) == .ends { exitStatus = 1 }
    return exitStatus
  }

  /// Takes a line, and runs what it completes.
  func take(_ line: [UInt8], _ scanner: inout StatementScanner) async -> Outcome {
    let mayBeCommand = scanner.isAtStart || arguments.rules.hasNamedCommands && scanner.isOutside
    if mayBeCommand,
      let command = ClientCommand.on(line: line, delimiter: delimiter, isBinary: scanner.isBinary)
    {
      let outcome = await perform(command, line, &scanner)
      if scanner.pending.isEmpty { scanner.forgetString() }
      return outcome
    }
    scanner.begin(line)
    while true {
      scanner.delimiter = delimiter
      scanner.hasPlainBackslash = connection.status.contains(.noBackslashEscapes)
      scanner.hasQuotedNames = connection.status.contains(.ansiQuotes)
      switch scanner.next() {
      case nil: return .goesOn
      case .statement:
        if await execute(&scanner.pending, isVertical: arguments.isVertical) == .ends { return .ends }
        scanner.pending = []
      case .command(let command, let text):
        if await perform(command, text, &scanner) == .ends { return .ends }
      case .pendingCommand(let command):
        if await perform(command, scanner.pending, &scanner) == .ends { return .ends }
        scanner.pending = []
      case .unknownCommand(let letter):
        let text = Array("Unknown command '\\".utf8) + [letter] + Array("'.".utf8)
        if report(Failure("", bytes: text)) == .ends { return .ends }
      }
    }
  }

  /// Writes what Ctrl-C did; in a script, in the words of the official command.
  func writeNotices() {
    let notices = interrupts.takeNotices()
    defer { if isTerminal, !notices.isEmpty { output.flush() } }
    for notice in notices {
      switch notice {
      case .idle: if !isTerminal { output.write("^C\n") }
      case .killed: output.write(text: isTerminal ? "^C\n" : "\nCtrl-C -- query killed.\n")
      }
    }
  }

  /// Reports a NUL in a statement. The statement is shown up to the NUL, as in a C string.
  private func reportNUL(_ statement: [UInt8]) {
    let text = String(decoding: statement.prefix { $0 != 0 }, as: UTF8.self)
    exitStatus = 1
    let message =
      "ASCII '\\0' appeared in the statement, but this is not allowed unless option --binary-mode is enabled "
      + "and mysql is run in non-interactive mode. Set --binary-mode to 1 if ASCII '\\0' is expected. "
      + "Query: '\(text)'."
    write(error: Failure(message))
  }
}

/// A command to the client itself, given by its name at the beginning of a statement or by a backslash and a letter.
enum ClientCommand: String, CaseIterable {
  case question = "?"
  case charset, clear, connect, delimiter, edit, ego, exit, go, help, nopager, notee, nowarning, pager, print
  case prompt, quit, rehash, sandbox, source, status, system, tee, use, warnings

  var letter: UInt8 {
    switch self {
    case .question: UInt8(ascii: "?")
    case .charset: UInt8(ascii: "C")
    case .clear: UInt8(ascii: "c")
    case .connect: UInt8(ascii: "r")
    case .delimiter: UInt8(ascii: "d")
    case .edit: UInt8(ascii: "e")
    case .ego: UInt8(ascii: "G")
    case .exit, .quit: UInt8(ascii: "q")
    case .go: UInt8(ascii: "g")
    case .help: UInt8(ascii: "h")
    case .nopager: UInt8(ascii: "n")
    case .notee: UInt8(ascii: "t")
    case .nowarning: UInt8(ascii: "w")
    case .pager: UInt8(ascii: "P")
    case .print: UInt8(ascii: "p")
    case .prompt: UInt8(ascii: "R")
    case .rehash: UInt8(ascii: "#")
    case .sandbox: UInt8(ascii: "-")
    case .source: UInt8(ascii: ".")
    case .status: UInt8(ascii: "s")
    case .system: UInt8(ascii: "!")
    case .tee: UInt8(ascii: "T")
    case .use: UInt8(ascii: "u")
    case .warnings: UInt8(ascii: "W")
    }
  }

  var takesArgument: Bool {
    switch self {
    case .question, .charset, .connect, .delimiter, .help, .pager, .prompt, .source, .system, .tee, .use: true
    default: false
    }
  }

  /// Whether it uses files or the system, and so is refused in the sandbox.
  var needsSystem: Bool { self == .source || self == .system || self == .tee }

  static func named(letter: UInt8) -> Self? { allCases.first { $0.letter == letter } }

  /// Returns the command that a line consists of; nil if there is none, or if the line must be scanned first.
  ///
  /// - Parameter isBinary: Whether `delimiter` is the only command.
  static func on(line: some Collection<UInt8>, delimiter: [UInt8], isBinary: Bool = false) -> Self? {
    let text = Array(line.drop { $0.isSpace })
    if !isBinary, text.contains(bytes: Array("\\g".utf8)) { return nil }
    if text.contains(bytes: delimiter), !text.begins(with: Array("delimiter".utf8), ignoringCase: true) {
      return nil
    }
    guard isBinary else { return named(statement: text) }
    let name = text.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }.map(\.lowercased)
    return name == Array(ClientCommand.delimiter.rawValue.utf8) ? .delimiter : nil
  }

  /// Returns the command that makes up a whole statement, with its argument if it takes one.
  static func named(statement: some Collection<UInt8>) -> Self? {
    let text = Array(statement.drop { $0.isSpace })
    let name = text.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    let hasArgument = text[name.endIndex...].contains { !$0.isSpace }
    let spelled = name.map(\.lowercased)
    return allCases.first { command in
      guard command.rawValue.utf8.elementsEqual(spelled) else { return false }
      return !hasArgument || command.takesArgument && CommandArgument(text) != nil
    }
  }
}

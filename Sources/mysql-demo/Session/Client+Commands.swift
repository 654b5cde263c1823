import Foundation
import MySQL

extension Client {
  /// Carries out one of the client's own commands. Its text begins with the command's name.
  func perform(
    _ command: ClientCommand, _ text: [UInt8], _ scanner: inout StatementScanner
  ) async -> Outcome {
    if isSandboxed, command.needsSystem { return report(Failure("Not allowed in the sandbox mode")) }
    switch command {
    case .go: return await execute(&scanner.pending, isVertical: arguments.isVertical)
    case .ego: return await execute(&scanner.pending, isVertical: true)
    case .exit, .quit:
      exitStatus = 0
      return .ends
    case .clear: scanner.pending = []
    case .print: printPending(scanner.pending)
    case .delimiter: setDelimiter(text)
    case .use: return await use(text)
    case .source: return await source(text, &scanner)
    case .system: runShell(text)
    case .connect:
      scanner.pending = []
      return await reconnect(text)
    case .warnings: showsWarnings = true
    case .nowarning: showsWarnings = false
    case .status: await writeStatus()
    case .help, .question: return await help(text)
    case .pager: setPager(text)
    case .nopager: removePager()
    case .prompt:
      if let prompt = text.firstIndex(of: UInt8(ascii: " ")).map({ text[($0 + 1)...] }) {
        terminal.prompt = Array(prompt)
        output.write("PROMPT set to '")
        output.write(prompt)
        output.write("'\n")
      } else {
        terminal.prompt = TerminalOptions.standardPrompt
        output.write("Returning to default PROMPT of \\N [\\d]> \n")
      }
    case .charset:
      if CommandArgument(text) == nil {
        complain("Usage: \\C charset_name | charset charset_name")
      } else {
        return await setCharacterSet(text)
      }
    case .tee: setTee(text)
    case .notee: removeTee()
    case .sandbox: isSandboxed = true
    case .edit: if let text = edit(scanner.pending) { scanner.pending = text }
    case .rehash: await readNames()
    }
    return .goesOn
  }

  /// Prints a usage error, which never ends a run.
  private func complain(_ message: String) { write(error: Failure(message)) }

  private func printPending(_ pending: [UInt8]) {
    output.write("--------------\n")
    output.write(pending)
    if pending.last != UInt8(ascii: "\n") { output.write("\n") }
    output.write("--------------\n\n")
  }

  private func setDelimiter(_ text: [UInt8]) {
    guard let word = CommandArgument(text)?.bytes, !word.isEmpty else {
      complain("DELIMITER must be followed by a 'delimiter' character or string")
      return
    }
    guard !word.contains(UInt8(ascii: "\\")) else {
      complain("DELIMITER cannot contain a backslash character")
      return
    }
    delimiter = Array(word.prefix(15))
  }

  private func use(_ text: [UInt8]) async -> Outcome {
    guard let name = CommandArgument(text)?.bytes, !name.isEmpty else {
      complain("USE must be followed by a database name")
      return .goesOn
    }
    if arguments.rules.isOneDatabase {
      isInOtherDatabase = database.map { Array($0.utf8) } != name
      if isInOtherDatabase {
        if isTerminal { output.write("Database changed\n") }
        return .goesOn
      }
    }
    guard isConnected else { return reportNoConnection() }
    do throws(MySQLError) {
      // The official client sends this query too, and it shows in what a session reports about its last statement.
      if !arguments.rules.isOneDatabase {
        let answer = try await connection.answer(to: Array("SELECT DATABASE()".utf8))
        while try await answer.next() != nil {}
      }
      try await connection.useDatabase(bytes: name)
    } catch {
      return report(Failure(error), statement: nil)
    }
    database = String(decoding: name, as: UTF8.self)
    if isTerminal { output.write("Database changed\n") }
    if terminal.readsNames { await readNames() }
    return .goesOn
  }

  private func source(_ text: [UInt8], _ scanner: inout StatementScanner) async -> Outcome {
    guard let path = Self.parameter(of: text) else {
      return report(Failure("Usage: \\. <filename> | source <filename>"))
    }
    let name = path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst() : path
    let file = open(name, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return report(Failure("Failed to open file '\(name)', error: \(errno)")) }
    defer { close(file) }
    let lines = LineReader(file, name: name)
    if let failure = lines.failure { return report(Failure(failure)) }
    scanner.pending = []
    let wasForced = isForced
    defer { isForced = wasForced }
    if !arguments.abortsSourceOnError { isForced = true }
    if !isTerminal { interrupts.forget() }
    let status = await run(lines, file: name)
    return status == 0 ? .goesOn : .ends
  }

  private func runShell(_ text: [UInt8]) {
    guard let command = Self.parameter(of: text), !command.isEmpty else {
      complain("Usage: \\! shell-command")
      return
    }
    // In scripts, earlier output may come after that of the command: the official client does not flush here either.
    if isTerminal { output.flush() }
    if isTerminal { Terminal.leave() }
    SystemCommand.run(command)
    if isTerminal { Terminal.enter(.running) }
  }

  /// Returns the text after the first space, without spaces around it.
  static func parameter(of text: [UInt8]) -> String? {
    let text = text.drop { $0.isSpace }
    guard let space = text.firstIndex(of: UInt8(ascii: " ")) else { return nil }
    let rest = text[space...].drop { $0.isSpace }
    let end = rest.lastIndex { !$0.isSpace && $0 >= 0x20 && $0 != 0x7F }.map { $0 + 1 } ?? rest.startIndex
    return String(decoding: rest[..<end], as: UTF8.self)
  }

  private func setCharacterSet(_ text: [UInt8]) async -> Outcome {
    guard let name = CommandArgument(text)?.bytes else { return .goesOn }
    let text = String(decoding: name, as: UTF8.self)
    guard SessionCharacterSet(named: text) != nil else {
      complain("Character set '\(text)' is not one that this client knows")
      return .goesOn
    }
    do throws(MySQLError) {
      try await connection.execute(MySQLQuery(unsafe: "SET NAMES \(text)"))
      if arguments.format?.isJSON == true {
        try await connection.execute("SET character_set_results = utf8mb4")
      }
    } catch {
      return report(Failure(error))
    }
    return .goesOn
  }
}

import Foundation
import MySQL
import MySQLTesting

/// A session with a person at a terminal.
struct InteractiveShell {
  private let client: Client
  private let output: OutputBuffer
  private let isColoured = Highlighting.isWanted(ProcessInfo.processInfo.environment)
  private var history = History()
  private var keys = KeyReader(STDIN_FILENO)

  init(_ client: Client) {
    self.client = client
    output = client.output
    client.isTerminal = true
    client.isForced = true
  }

  mutating func run() async -> Int32 {
    defer { Terminal.leave() }
    if client.arguments.silence == 0 { greet() }
    for path in client.arguments.terminal.tees {
      if let path { client.openTee(path) } else if client.tee != nil { client.removeTee() }
    }
    if client.terminal.readsNames { await client.readNames() }
    var scanner = newScanner()
    var lines: [String] = []
    reading: while true {
      switch readLine(await prompt(scanner), scanner) {
      case .closed:
        output.write("Bye\n")
        break reading
      case .abandoned:
        scanner = newScanner()
        lines = []
      case .entered(let text):
        lines.append(text)
        client.interrupts.forget()
        let outcome = await take(text, &scanner)
        client.writeNotices()
        output.flush()
        if scanner.isAtStart {
          history.add(lines)
          lines = []
        }
        if outcome == .ends {
          output.write("Bye\n")
          break reading
        }
      case .goesOn, .clearsScreen: break
      }
    }
    return output.end()
  }

  private func newScanner() -> StatementScanner {
    var scanner = StatementScanner()
    scanner.characterSet = client.characterSet.kind
    scanner.keepsComments = client.arguments.keepsComments
    return scanner
  }

  /// Takes a text line by line, since a statement from the history may have several lines.
  private func take(_ text: String, _ scanner: inout StatementScanner) async -> Client.Outcome {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if await client.take(Array(line.utf8), &scanner) == .ends { return .ends }
    }
    return .goesOn
  }

  private func greet() {
    let server = client.connection.server
    output.write(
      text: "\(server.isMariaDB ? "MariaDB" : "MySQL") \(server.version) at \(server.endpoint), connection "
        + "\(server.connectionID). Statements end with ; or \\G, and \\h is for help.\n\n")
    output.flush()
  }

  private func prompt(_ scanner: StatementScanner) async -> String {
    if scanner.isInComment { return "   /*> " }
    if scanner.quote != 0 { return "    \(Character(Unicode.Scalar(scanner.quote)))> " }
    if !scanner.pending.isEmpty { return "    -> " }
    return await client.promptText()
  }

  private mutating func readLine(_ prompt: String, _ scanner: StatementScanner) -> LineEditor.Outcome {
    // Only the last line of a prompt is before the line.
    var above = prompt.split(separator: "\n", omittingEmptySubsequences: false)
    let last = above.popLast().map(String.init) ?? ""
    for line in above { output.write(text: line + "\n") }
    output.flush()
    let opening = scanner.isInComment ? "/*" : scanner.quote == 0 ? "" : String(Unicode.Scalar(scanner.quote))
    let rules = client.rules
    var input = LineInput(
      prompt: last, history: history.entries, names: client.names, quote: scanner.quote,
      spans: isColoured ? { Highlighting.spans(in: $0, after: opening, rules) } : nil)
    Terminal.enter(.keys)
    defer { Terminal.enter(.running) }
    let outcome = input.read(&keys)
    if case .abandoned = outcome {
      output.write("^C\n")
      output.flush()
    }
    if case .entered(let text) = outcome { client.copyToTee(last + text + "\n") }
    return outcome
  }
}

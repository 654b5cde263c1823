import Foundation
import MySQL

/// A session with a person at a terminal.
struct InteractiveShell {
  private let client: Client
  private let output: OutputBuffer
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
    greet()
    var scanner = StatementScanner()
    scanner.characterSet = client.characterSet.kind
    var lines: [String] = []
    reading: while true {
      switch readLine(prompt(scanner)) {
      case .closed:
        output.write("Bye\n")
        break reading
      case .abandoned:
        scanner = StatementScanner()
        scanner.characterSet = client.characterSet.kind
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

  private func prompt(_ scanner: StatementScanner) -> String {
    if scanner.isInComment { return "    /*> " }
    if scanner.quote != 0 { return "     \(Character(Unicode.Scalar(scanner.quote)))> " }
    if !scanner.pending.isEmpty { return "      > " }
    return client.database.map { "mysql [\($0)]> " } ?? "mysql> "
  }

  private mutating func readLine(_ prompt: String) -> LineEditor.Outcome {
    var editor = LineEditor(history: history.entries)
    var view = LineView(prompt)
    Terminal.enter(.keys)
    defer { Terminal.enter(.running) }
    view.show(editor)
    while true {
      let outcome = editor.press(keys.next())
      switch outcome {
      case .goesOn: if !keys.hasPending { view.show(editor) }
      case .clearsScreen: view.clearScreen(editor)
      case .entered, .closed: view.end(editor)
      case .abandoned:
        view.end(editor)
        output.write("^C\n")
        output.flush()
      }
      if outcome != .goesOn, outcome != .clearsScreen { return outcome }
    }
  }
}

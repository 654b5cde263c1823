import Foundation
import MySQLTesting

/// One line on standard error that is rewritten for as long as something is in progress. If standard error is not a
/// terminal, nothing is written.
struct StatusLine: ~Copyable {
  private let isTerminal = isatty(STDERR_FILENO) != 0
  private var isShown = false
  private let output = OutputBuffer(STDERR_FILENO, steers: true)

  mutating func show(_ text: @autoclosure () -> String) {
    guard isTerminal else { return }
    // A line as wide as the terminal would continue on the next row.
    let room = (Terminal.width(of: STDERR_FILENO) ?? 80) - 1
    isShown = true
    var shown = ""
    var width = 0
    for character in VisibleText.of(text()) {
      width += TerminalWidth.of(String(character))
      if width > room { break }
      shown.append(character)
    }
    output.write(text: "\r\u{1B}[K" + shown)
    output.flush()
  }

  // If nothing was shown, the line may hold other output.
  deinit {
    guard isShown else { return }
    output.write("\r\u{1B}[K")
    output.flush()
  }
}

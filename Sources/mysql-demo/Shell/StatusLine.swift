import Foundation
import MySQLTesting

/// One line on standard error that is written over and over, for as long as something is under way. Where that
/// is not a terminal, nothing is written.
struct StatusLine: ~Copyable {
  private let isTerminal = isatty(STDERR_FILENO) != 0
  private var isShown = false
  private let output = OutputBuffer(STDERR_FILENO, steers: true)

  mutating func show(_ text: @autoclosure () -> String) {
    guard isTerminal else { return }
    // A line that is as wide as the terminal would go on in the next.
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

  // Else the line is somebody else's.
  deinit {
    guard isShown else { return }
    output.write("\r\u{1B}[K")
    output.flush()
  }
}

import Foundation
import MySQLTesting

/// Shows a line that is edited, over as many rows of the terminal as it takes.
struct LineView {
  private let output = OutputBuffer(STDOUT_FILENO, steers: true)
  private let prompt: String
  /// How far below the first row the cursor is.
  private var row = 0

  init(_ prompt: String) { self.prompt = VisibleText.of(prompt) }

  mutating func show(_ editor: LineEditor) {
    let width = max(20, Terminal.width ?? 80)
    let head = prompt + Self.shown(editor.line[..<editor.cursor])
    let text = head + Self.shown(editor.line[editor.cursor...])
    let (before, all) = (TerminalWidth.of(head), TerminalWidth.of(text))
    if row > 0 { output.write(text: "\u{1B}[\(row)A") }
    output.write(text: "\r\u{1B}[J\(text)")
    // After a full row the cursor waits at its end; this takes it to the next.
    if all > 0, all % width == 0 { output.write("\n") }
    let (lastRow, cursorRow) = (all / width, before / width)
    if lastRow > cursorRow { output.write(text: "\u{1B}[\(lastRow - cursorRow)A") }
    output.write(text: "\r")
    if before % width > 0 { output.write(text: "\u{1B}[\(before % width)C") }
    row = cursorRow
    output.flush()
  }

  /// A tab stays one in the line, but is shown by the cells that are counted for it; a line's end within a
  /// statement of the history is shown as a space.
  private static func shown(_ characters: ArraySlice<Character>) -> String {
    characters.reduce(into: "") { text, character in
      switch character {
      case "\t": text += "  "
      case "\n": text += " "
      default: text += VisibleText.of(String(character))
      }
    }
  }

  /// Leaves the line as it is, and goes below it.
  mutating func end(_ editor: LineEditor) {
    var last = editor
    _ = last.press(.end)
    show(last)
    output.write("\r\n")
    output.flush()
    row = 0
  }

  mutating func clearScreen(_ editor: LineEditor) {
    output.write(text: "\u{1B}[H\u{1B}[2J")
    row = 0
    show(editor)
  }
}

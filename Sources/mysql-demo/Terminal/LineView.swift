import Foundation
import MySQLTesting

/// A view of a line being edited, over as many rows of the terminal as it takes.
struct LineView {
  private let output = OutputBuffer(STDOUT_FILENO, steers: true)
  /// The text before the line.
  var prompt: String
  /// The parts of the line that have a colour.
  private let spans: ((String) -> [Highlighting.Span])?
  /// How far below the first row the cursor is.
  private var row = 0

  /// - Parameter spans: Returns the coloured parts of a line; nil for a line without colours.
  init(_ prompt: String, spans: ((String) -> [Highlighting.Span])? = nil) {
    self.prompt = prompt
    self.spans = spans
  }

  mutating func show(_ editor: LineEditor) {
    let width = max(20, Terminal.width ?? 80)
    let prompt = VisibleText.of(prompt)
    let head = prompt + Self.shown(editor.line[..<editor.cursor])
    let text = head + Self.shown(editor.line[editor.cursor...])
    let (before, all) = (TerminalWidth.of(head), TerminalWidth.of(text))
    if row > 0 { output.write(text: "\u{1B}[\(row)A") }
    output.write(text: "\r\u{1B}[J\(prompt)\(coloured(editor.line) ?? String(text.dropFirst(prompt.count)))")
    // After a full row the cursor stays at its end; a newline moves it to the next row.
    if all > 0, all % width == 0 { output.write("\n") }
    let (lastRow, cursorRow) = (all / width, before / width)
    if lastRow > cursorRow { output.write(text: "\u{1B}[\(lastRow - cursorRow)A") }
    output.write(text: "\r")
    if before % width > 0 { output.write(text: "\u{1B}[\(before % width)C") }
    row = cursorRow
    output.flush()
  }

  /// Returns the line as it is shown, with colours; nil if it has none.
  private func coloured(_ line: [Character]) -> String? {
    // A longer line fills the screen, and colouring it would take time with each key.
    guard let spans, line.count <= 4000 else { return nil }
    var rest = spans(String(line))[...]
    var text = ""
    var position = 0
    for character in line {
      if let span = rest.first, span.range.lowerBound == position {
        text += "\u{1B}[\(span.style.rawValue)m"
      }
      text += Self.shown([character])
      position += String(character).utf8.count
      if let span = rest.first, span.range.upperBound <= position {
        text += "\u{1B}[m"
        rest = rest.dropFirst()
      }
    }
    return text
  }

  /// Returns the characters as they are shown. A tab stays a tab in the line, but is shown as two spaces, so that its
  /// width is known. A line end within a statement from the history is shown as a space.
  private static func shown(_ characters: ArraySlice<Character>) -> String {
    characters.reduce(into: "") { text, character in
      switch character {
      case "\t": text += "  "
      case "\n": text += " "
      default: text += VisibleText.of(String(character))
      }
    }
  }

  /// Leaves the line as it is, and moves the cursor below it.
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

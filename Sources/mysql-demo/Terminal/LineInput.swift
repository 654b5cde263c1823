import Foundation

/// One line from the keyboard: editing, completion by Tab, and search by Ctrl-R.
struct LineInput {
  /// The most names that are listed.
  private static let longestList = 200

  private let output = OutputBuffer(STDOUT_FILENO)
  private let prompt: String
  private let history: [String]
  private let names: CompletionNames
  private let quote: UInt8
  private var editor: LineEditor
  private var view: LineView
  private var search: HistorySearch?

  /// - Parameters:
  ///   - quote: The quote that the lines before leave open; 0 for none.
  ///   - spans: Returns the coloured parts of a line; nil for no colours.
  init(
    prompt: String, history: [String], names: CompletionNames, quote: UInt8,
    spans: ((String) -> [Highlighting.Span])?
  ) {
    self.prompt = prompt
    self.history = history
    self.names = names
    self.quote = quote
    editor = LineEditor(history: history)
    view = LineView(prompt, spans: spans)
  }

  mutating func read(_ keys: inout KeyReader) -> LineEditor.Outcome {
    view.show(editor)
    while true {
      let wasPasted = keys.hasPending
      let key = keys.next()
      // In text that is pasted, a tab is text.
      if key == .tab, search == nil, !wasPasted, !keys.hasPending, complete() { continue }
      let outcome = press(key)
      switch outcome {
      case .goesOn: if !keys.hasPending { show() }
      case .clearsScreen: view.clearScreen(editor)
      case .entered, .closed, .abandoned: view.end(editor)
      }
      if outcome != .goesOn, outcome != .clearsScreen { return outcome }
    }
  }

  private mutating func press(_ key: Key) -> LineEditor.Outcome {
    guard var search else {
      guard key == .control("r") else { return editor.press(key) }
      self.search = HistorySearch(history: history)
      return .goesOn
    }
    let outcome = search.press(key)
    self.search = outcome == .goesOn ? search : nil
    view.prompt = prompt
    guard outcome == .accepted else { return .goesOn }
    if let text = search.text { editor.replaceLine(with: text) }
    return editor.press(key)
  }

  private mutating func show() {
    guard let search else { return view.show(editor) }
    view.prompt = search.prompt
    var found = editor
    if let text = search.text { found.replaceLine(with: text) }
    view.show(found)
  }

  /// Completes the word before the cursor, or lists how it can go on. Returns whether it is a word to complete.
  private mutating func complete() -> Bool {
    guard let completion = Completion(of: editor.line, at: editor.cursor, names: names, quote: quote) else {
      return false
    }
    let typed = String(editor.line[completion.range])
    editor.replace(completion.range, with: completion.text)
    if completion.text.count == typed.count, completion.candidates.count > 1 {
      view.end(editor)
      let count = completion.candidates.count
      output.write(
        text: count > Self.longestList
          ? "\(count) names begin with this.\n"
          : NameList.text(completion.candidates, width: Terminal.width ?? 80))
      output.flush()
    }
    view.show(editor)
    return true
  }
}

import MySQLTesting

/// The parts of a line that are shown in a colour.
enum Highlighting {
  enum Style: String {
    case keyword = "1;36"
    case string = "32"
    case number = "33"
    case name = "35"
    case comment = "90"
  }

  struct Span: Equatable {
    /// The range in the bytes of the line.
    var range: Range<Int>
    var style: Style
  }

  /// Returns the spans in order.
  ///
  /// - Parameter opening: What the lines before leave open: a quote, `/*`, or nothing.
  static func spans(in line: String, after opening: String = "", _ rules: SQLTokenizer.Rules) -> [Span] {
    let bytes = Array((opening + line).utf8)
    var tokenizer = SQLTokenizer(bytes, rules)
    var spans: [Span] = []
    while let token = tokenizer.next() {
      guard let style = style(of: token, in: bytes) else { continue }
      let start = max(0, token.range.lowerBound - opening.utf8.count)
      let end = token.range.upperBound - opening.utf8.count
      if start < end { spans.append(Span(range: start..<end, style: style)) }
    }
    return spans
  }

  private static func style(of token: SQLTokenizer.Token, in bytes: [UInt8]) -> Style? {
    switch token.kind {
    case .string: return .string
    case .quotedName: return .name
    case .comment: return .comment
    case .mark: return nil
    case .word:
      let word = String(decoding: bytes[token.range], as: UTF8.self)
      if word.first?.isNumber == true { return .number }
      return Keywords.all.contains(word.uppercased()) ? .keyword : nil
    }
  }

  /// Whether colours are wanted: `NO_COLOR` and simple terminals turn them off.
  static func isWanted(_ environment: [String: String]) -> Bool {
    environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }
}

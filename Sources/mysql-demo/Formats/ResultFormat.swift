/// How results are written.
enum ResultFormat: String, CaseIterable {
  case tab, table, vertical, html, xml, json, jsonl, csv, markdown

  /// Whether only this command has the format. If so, it is UTF-8 whatever the locale, and results without rows are
  /// written too.
  var isOurs: Bool {
    switch self {
    case .tab, .table, .vertical, .html, .xml: false
    case .json, .jsonl, .csv, .markdown: true
    }
  }

  /// Whether the format is HTML or XML, which `\G` does not change.
  var isMarkup: Bool { self == .html || self == .xml }

  /// Whether the format is JSON, which is always UTF-8.
  var isJSON: Bool { self == .json || self == .jsonl }
}

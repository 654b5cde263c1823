import MySQLTesting
import Testing

@testable import mysql_demo

extension Demo {
  @Suite struct Colours {
    /// Returns the line with its spans in brackets, each after the first letter of its style.
    private func marked(
      _ line: String, after opening: String = "", _ rules: SQLTokenizer.Rules = .init()
    ) -> String {
      let bytes = Array(line.utf8)
      var text = ""
      var position = 0
      for span in Highlighting.spans(in: line, after: opening, rules) {
        text += String(decoding: bytes[position..<span.range.lowerBound], as: UTF8.self)
        text += "\("\(span.style)".prefix(1))[\(String(decoding: bytes[span.range], as: UTF8.self))]"
        position = span.range.upperBound
      }
      return text + String(decoding: bytes[position...], as: UTF8.self)
    }

    @Test(arguments: [
      ("select a from t", "k[select] a k[from] t"), ("SELECT 'a''b', 12", "k[SELECT] s['a''b'], n[12]"),
      ("`from` -- rest", "n[`from`] c[-- rest]"), ("select /* x */ 1", "k[select] c[/* x */] n[1]"),
      ("select 'open", "k[select] s['open"), ("é = 'ü'", "é = s['ü']"), ("", ""),
    ])
    func marksItsParts(_ line: String, _ marked: String) {
      #expect(self.marked(line) == marked || self.marked(line) == marked + "]")
    }

    @Test func goesOnWhereTheLineBeforeEnded() {
      #expect(marked("from' from", after: "'") == "s[from'] k[from]")
      #expect(marked("from */ from", after: "/*") == "c[from */] k[from]")
      #expect(marked("\"from\"", SQLTokenizer.Rules(hasQuotedNames: true)) == "n[\"from\"]")
    }

    @Test func areTurnedOff() {
      #expect(Highlighting.isWanted(["TERM": "xterm"]))
      #expect(Highlighting.isWanted(["NO_COLOR": ""]))
      #expect(!Highlighting.isWanted(["NO_COLOR": "1"]))
      #expect(!Highlighting.isWanted(["TERM": "dumb"]))
    }
  }
}

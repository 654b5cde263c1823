import Testing

@testable import mysql_demo

extension Demo {
  /// What `--wire` may be given.
  @Suite struct WireOptions {
    @Test(arguments: [
      (["--wire"], WireOutput.lines), (["--wire=1"], .lines), (["--wire=off"], .nowhere), ([], .nowhere),
      (["--wire", "--skip-wire"], .nowhere), (["--wire=a.html"], .page("a.html")),
      (["--wire=B.HTM", "--wire"], .lines), (["--wire", "--wire=/tmp/c.html"], .page("/tmp/c.html")),
    ])
    func theLastWordCounts(_ words: [String], _ expected: WireOutput) throws {
      let (arguments, _) = try ArgumentReader.read(words.map { Array($0.utf8) }, isTerminal: false)
      #expect(arguments.wire == expected)
    }

    @Test func aValueThatNamesNoPageIsRefused() {
      for value in ["maybe", "page.txt", "", "html"] {
        #expect(throws: ArgumentError.self) {
          try ArgumentReader.read([Array("--wire=\(value)".utf8)], isTerminal: false)
        }
      }
    }
  }
}

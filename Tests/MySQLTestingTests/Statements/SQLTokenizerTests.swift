import MySQLTesting
import Testing

@Suite(.busy) struct SQLTokenizerTests {
  private func tokens(_ sql: String, _ rules: SQLTokenizer.Rules = .init()) -> [SQLTokenizer.Token] {
    var tokenizer = SQLTokenizer(Array(sql.utf8), rules)
    var tokens: [SQLTokenizer.Token] = []
    while let token = tokenizer.next() { tokens.append(token) }
    return tokens
  }

  private func texts(_ sql: String, _ rules: SQLTokenizer.Rules = .init()) -> [String] {
    tokens(sql, rules).map { String(decoding: Array(sql.utf8)[$0.range], as: UTF8.self) }
  }

  @Test(
    arguments: [
      ("SELECT 'it''s', \"a\\\"b\" -- c", ["SELECT", "'it''s'", ",", "\"a\\\"b\"", "-- c"]),
      ("1--1", ["1", "-", "-", "1"]), ("a# b\nc", ["a", "# b", "c"]), ("`a``b`.ü", ["`a``b`", ".", "ü"]),
      ("a/* 'b' */c", ["a", "/* 'b' */", "c"]), ("/*!50000 a */ b", ["a", "b"]),
      ("/*M!100100 a*/ b", ["a", "b"]),
      ("a * / b", ["a", "*", "/", "b"]), ("", []),
    ] as [(String, [String])])
  func splitsAsTheServersDo(sql: String, parts: [String]) {
    #expect(texts(sql) == parts)
  }

  @Test func theModeDecidesWhereStringsEnd() {
    let sql = "'a\\' 'b'"
    #expect(texts(sql) == ["'a\\' '", "b", "'"])
    #expect(texts(sql, .init(hasPlainBackslash: true)) == ["'a\\'", "'b'"])
    #expect(tokens("\"a\"").map(\.kind) == [.string])
    #expect(tokens("\"a\"", .init(hasQuotedNames: true)).map(\.kind) == [.quotedName])
  }

  @Test(arguments: [("'a", 1..<2), ("`a", 1..<2), ("/* a", 0..<4), ("'a''", 1..<4)])
  func knowsWhatTheEndOfTheTextCutsOff(sql: String, content: Range<Int>) {
    let found = tokens(sql)
    #expect(found.count == 1 && found.first?.isClosed == false && found.first?.content == content)
  }

  @Test func readsWhatAStringStandsFor() {
    let content = Array("a\\nb\\%''\\q".utf8)[...]
    let (usual, plain) = (SQLTokenizer.Rules(), SQLTokenizer.Rules(hasPlainBackslash: true))
    let quote = UInt8(ascii: "'")
    #expect(String(decoding: usual.unescaped(content, quote: quote), as: UTF8.self) == "a\nb\\%'q")
    #expect(String(decoding: plain.unescaped(content, quote: quote), as: UTF8.self) == "a\\nb\\%'\\q")
  }
}

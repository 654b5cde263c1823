import Testing

@testable import MySQL

@Suite(.busy) struct StatementTextTests {
  /// The same text in every way to put it together, with question marks of values and others.
  private static func texts(_ pieces: [String]) -> [StatementText] {
    var texts = [StatementText(pieces.joined(separator: "?"))]
    for marks in 0..<1 << (pieces.count - 1) {
      for capacity in [0, 100] {
        var text = StatementText(reserving: capacity)
        for (index, piece) in pieces.enumerated() {
          text.append(piece)
          if index == pieces.count - 1 { break }
          if marks >> index & 1 == 1 { text.appendMark() } else { text.append("?") }
        }
        texts.append(text)
      }
    }
    return texts
  }

  @Test(arguments: [
    [""], ["SELECT 1"], ["", ""], ["", "", ""], ["a", ""], ["", "a"], ["a", "b", "c", "d"],
    ["SELECT a FROM t WHERE id = ", ""], ["SELECT a FROM t WHERE id = ", " AND b = ", " ORDER BY c"],
  ])
  func aTextIsTheSameHoweverItWasMade(of pieces: [String]) {
    let whole = pieces.joined(separator: "?")
    let texts = Self.texts(pieces)
    for text in texts {
      #expect(text.string == whole)
      #expect(text.count == whole.utf8.count)
      #expect(text.firstByte == whole.utf8.first)
      for other in texts {
        #expect(text == other)
        #expect(text.hashValue == other.hashValue)
      }
    }
  }

  @Test func anotherTextIsNotTheSame() {
    let texts = [
      ["a", "b"], ["a", "c"], ["b", "b"], ["a", ""], ["a"], ["ab", ""], ["", "ab"], ["a", "b", ""],
      ["", "a", "b"],
      ["\u{E9}", ""], ["e\u{301}", ""], ["SELECT a FROM t WHERE id = ", ""],
      ["SELECT b FROM t WHERE id = ", ""],
      ["SELECT a FROM t WHERE id = ", " "],
    ].map(Self.texts)
    for (index, equal) in texts.enumerated() {
      for (otherIndex, others) in texts.enumerated() where otherIndex != index {
        for text in equal { for other in others { #expect(text != other) } }
      }
    }
  }
}

import MySQLWire
import Testing

@Suite(.busy) struct TextEncodingTests {
  @Test(
    arguments: [
      (.double(1), "1"), (.double(-0.5), "-0.5"), (.double(1e20), "1e20"),
      (.float(16_777_216), "16777216"), (.integer(-7), "-7"), (.text("né"), "né"), (.null, ""),
    ] as [(Value, String)])
  func printsAsTheServerDoes(value: Value, text: String) {
    #expect(String(decoding: value.textCell(), as: UTF8.self) == text)
  }

  @Test func padsToTheDisplayOfTheColumn() {
    #expect(Value.unsigned(42).textCell(TextDisplay(zerofillWidth: 5)) == Array("00042".utf8))
    #expect(Value.unsigned(123_456).textCell(TextDisplay(zerofillWidth: 5)) == Array("123456".utf8))
    #expect(Value.bits(0x1FF).textCell(TextDisplay(bitBytes: 2)) == [0x01, 0xFF])
  }
}

import MySQLWire
import Testing

@Suite(.busy) struct LiteralTests {
  @Test(
    arguments: [
      (.null, "NULL"), (.integer(-5), " -5"), (.unsigned(.max), "18446744073709551615"), (.bits(5), "5"),
      (.double(0.5), "0.5e0"), (.double(-1e300), " -1e+300"), (.float(0.25), "0.25e0"),
      (.decimal(Decimal(Int64(-12))), " -12"), (.date(.zero), "'0000-00-00'"),
      (.time(.zero), "'00:00:00.000000'"),
      (.text(""), "''"), (.text("it's"), "'it''s'"), (.text(#"a\"#), "_utf8mb4 X'615C'"),
      (.text("\0"), "_utf8mb4 X'00'"), (.text("é\""), "'é\"'"), (.bytes([]), "X''"),
      (.bytes([0, 0xAF]), "X'00AF'"),
      (.vector([1]), "X'0000803F'"),
    ] as [(Value, String)])
  func writesWhatReadsTheSameInEveryMode(value: Value, literal: String) {
    var writer = ByteWriter()
    value.writeLiteral(to: &writer)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == literal)
  }
}

import Testing

@testable import MySQL
@testable import MySQLWire

@Suite(.busy) struct RowBytesTests {
  private struct Refusal: Error {}

  @Test(arguments: [Format.text, .binary]) func givesTheBytesOfACell(_ format: Format) throws {
    let columns = [Column.text("a"), .text("b"), .text("c")]
    let row = try makeRow(format, columns, [.text("first"), .null, .text("")])
    #expect(row.withBytes(at: 0) { bytes in (0..<bytes.count).map { bytes[$0] } } == Array("first".utf8))
    #expect(row.withBytes(at: 0) { $0.count } == row[0].bytes.count)
    #expect(row.withBytes(at: 2) { $0.count } == 0)
    #expect(row.withBytes(at: 1) { _ in Issue.record("NULL has no bytes") } == nil)
    #expect(throws: Refusal.self) { try row.withBytes(at: 0) { _ in throw Refusal() } }
  }
}

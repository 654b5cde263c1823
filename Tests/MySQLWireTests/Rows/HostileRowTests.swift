import MySQLWire
import Testing

/// Rows that no server should send.
@Suite(.busy) struct HostileRowTests {
  @Test(
    arguments: [
      // Shorter and longer than two columns, a cell beyond the end, and lengths that lie.
      ([0x01, 0x41], .truncated), ([0x01, 0x41, 0x01, 0x42, 0x00], .trailingBytes(in: .textRow)),
      ([0xFB, 0xFB, 0xFB], .trailingBytes(in: .textRow)), ([0x00], .truncated), ([0xFB], .truncated),
      ([0x01, 0x41, 0x05, 0x42], .truncated), ([0xFC, 0xFF, 0xFF, 0x41], .truncated),
      ([0x00, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .truncated),
      ([0x00, 0xFF], .malformed(.lengthEncodedInteger)), ([0xFD, 0xFF], .truncated), ([], .truncated),
    ] as [(Bytes, Violation)])
  func refusesTextRowsThatLie(row: Bytes, violation: Violation) throws {
    for good in [[], [textRow("1", "2")]] {
      let dialogue = try Dialogue.loggedIn()
      let payloads = head(.withOK, ["a", "b"]) + good + [row]
      #expect(throws: violation) { try dialogue.exchange(.query("SELECT"), payloads) }
    }
  }

  @Test(
    arguments: [
      ([0x00], .truncated), ([0x00, 0x00], .truncated), ([0x00, 0x00, 0x01], .truncated),
      ([0x00, 0x00, 0x00], .truncated), ([0x00, 0x04, 0x00, 0x00], .trailingBytes(in: .binaryRow)),
      ([0x00, 0x0C, 0x00], .trailingBytes(in: .binaryRow)),
      ([0x01, 0x00, 0x00, 0x00], .malformed(.binaryRow)),
      ([0xFB, 0x00], .malformed(.binaryRow)),
      ([0x00, 0x04, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], .truncated), ([], .truncated),
    ] as [(Bytes, Violation)])
  func refusesBinaryRowsThatLie(row: Bytes, violation: Violation) throws {
    for good in [[], [binaryRow("1", "2")]] {
      let dialogue = try Dialogue.loggedIn()
      let payloads = head(.withOK, ["a", "b"]) + good + [row]
      #expect(throws: violation) { try dialogue.exchange(.execute(1), payloads) }
    }
  }
}

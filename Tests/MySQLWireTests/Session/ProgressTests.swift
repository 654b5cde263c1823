import MySQLWire
import Testing

@Suite(.busy) struct ProgressTests {
  @Test func readsProgressOnlyWhereAskedFor() throws {
    let report: Bytes = [0xFF, 0xFF, 0xFF, 1, 2, 3, 0x10, 0x27, 0, 4] + Array("copy".utf8)
    let progress = try ReplayEvent.progress(ProgressReport(payload: report))
    let dialogue = try Dialogue.loggedIn(.mariadb)
    #expect(
      try dialogue.exchange(.query("ALTER"), report, report, ok()) == [progress, progress, try .ok()])
    // Among definitions and rows as well.
    var payloads = head(.mariadb, ["a"])
    payloads.insert(report, at: 1)
    payloads += [report, textRow("1"), report, end(.mariadb)]
    let events = try dialogue.exchange(.query("SELECT"), payloads)
    #expect(
      events == [progress, try .columns("a"), progress, .row("1"), progress, try .rowsEnd()])
    // MySQL's 65535 is an error like any other.
    let mysql = try Dialogue.loggedIn()
    let failed = try mysql.exchange(.query("x"), failure(0xFFFF, "HY000", "odd"))
    #expect(failed == [.failed(ErrorPacket(code: 0xFFFF, sqlState: "HY000", message: "odd"))])
  }

  @Test(arguments: [
    [0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 1, 2, 3, 0, 0], [0xFF, 0xFF, 0xFF, 1, 2, 3, 0, 0, 0, 9],
  ])
  func refusesProgressCutShort(report: Bytes) throws {
    let dialogue = try Dialogue.loggedIn(.mariadb)
    #expect(throws: Violation.truncated) { try dialogue.exchange(.query("ALTER"), report) }
  }
}

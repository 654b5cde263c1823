import MySQLWire
import Testing

@Suite(.busy) struct SmallCommandTests {
  @Test func readsStatistics() throws {
    let dialogue = try Dialogue.loggedIn()
    // The text may begin with anything that is not an error.
    for text in ["Uptime: 3  Threads: 1", "\u{0}", "\u{1}x"] {
      #expect(try dialogue.exchange(.statistics, Array(text.utf8)) == [.statistics(text)])
    }
    #expect(try dialogue.exchange(.statistics, failure()) == [.failed(.expected)])
    #expect(throws: Violation.truncated) { try dialogue.exchange(.statistics, [] as Bytes) }
  }

  @Test func readsTheEOFThatSetOptionAnswers() throws {
    for (capabilities, answer) in [
      (Capabilities.withEOF, eof()), (.withOK, ok(header: 0xFE)), (.withOK, eof()),
    ] {
      let dialogue = try Dialogue.loggedIn(capabilities)
      #expect(try dialogue.exchange(.setMultiStatements(true), answer) == [.ok()])
      #expect(dialogue.isIdle)
    }
  }

  @Test func readsTheAnswersToResetsAndPings() throws {
    let dialogue = try Dialogue.loggedIn()
    for command in [Command.resetConnection, .resetStatement(1), .ping] {
      #expect(try dialogue.exchange(command, ok(status: .inTransaction)) == [.ok(.inTransaction)])
      #expect(try dialogue.exchange(command, failure()) == [.failed(.expected)])
      #expect(dialogue.isIdle)
    }
  }

  @Test func closesTheSessionByQuitting() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.quit)
    #expect(try dialogue.said() == [Said(0, [1])])
    #expect(dialogue.isClosed)
    #expect(throws: Misuse.notReady) { try dialogue.send(.ping) }
    #expect(try dialogue.hear(packet(1, failure())) == [])
  }
}

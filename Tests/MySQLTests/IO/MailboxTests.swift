import MySQLWire
import Testing

@testable import MySQL

@Suite(.busy) struct MailboxTests {
  @Test func keepsNothingOfWhatAConsumerThatIsAlwaysBehindHasTaken() {
    var mailbox = Mailbox()
    var left: [Left] = []
    for _ in 0..<1000 {
      let columns = ResultColumns([], format: .text)
      left.append(Left(columns: columns))
      _ = mailbox.leave(.columns(columns))
      if left.count > 2 { _ = mailbox.take() }
    }
    #expect(left.count { $0.columns != nil } <= 18)
  }

  @Test func givesOutNothingThatCameAfterTheEnd() throws {
    var mailbox = Mailbox()
    _ = mailbox.leave(.columns(ResultColumns([], format: .text)))
    _ = mailbox.fail(MySQLError(.connectionClosed, "the end"))
    _ = mailbox.leave(.columns(ResultColumns([], format: .text)))
    guard case .event(.columns, _) = mailbox.take() else {
      Issue.record("what came before the end is lost")
      return
    }
    guard case .failure(let error) = mailbox.take() else {
      Issue.record("what came after the end is an answer")
      return
    }
    #expect(error.kind == .connectionClosed)
  }

  /// Whatever the kind of an event, reading is paused once 256 KiB of them wait.
  @Test func pausesReadingForLargeEventsOfAnyKind() {
    let text = String(repeating: "x", count: 100 << 10)
    var ok = OKPacket()
    ok.changes = [.gtids(text)]
    let column = ColumnDefinition(
      name: text, collation: .utf8mb4, length: 1, type: .varString, flags: [], decimals: 0)
    let columns = ResultColumns([column], format: .binary)
    let events: [Event] = [
      .ok(ok), .rowsEnd(ok), .failed(ErrorPacket(code: 1, message: text)), .columns(columns),
      .localInfile(name: [UInt8](text.utf8)), .statistics(text),
      .progress(ProgressReport(stage: 1, stages: 1, progress: 0, activity: text)),
      .prepared(PreparedStatement(id: 1, warnings: 0, parameters: [column], columns: columns)),
    ]
    for event in events {
      var mailbox = Mailbox()
      var left = 0
      while !mailbox.isPaused, left < 4 {
        _ = mailbox.leave(event)
        left += 1
      }
      #expect(mailbox.isPaused && left <= 3, "\(event.size)")
      while case .event = mailbox.take() {}
      #expect(!mailbox.isPaused)
    }
  }

  private struct Left {
    weak var columns: ResultColumns?
  }
}

import MySQLWire
import Testing

@testable import MySQL

@Suite(.busy) struct MailboxTests {
  /// A mailbox and its consumer, as an object, so that expectations may change it.
  private final class Pair {
    var mailbox = Mailbox()
    var unread = EventQueue()

    func leave(_ event: Event) {
      var events = [event]
      _ = mailbox.leave(&events, size: event.size)
    }

    func take() -> Mailbox.Taken { mailbox.take(into: &unread) }
  }

  @Test func keepsNothingOfWhatItsConsumerHasTaken() {
    let pair = Pair()
    var left: [Left] = []
    for _ in 0..<1000 {
      let columns = ResultColumns([], format: .text)
      left.append(Left(columns: columns))
      pair.leave(.columns(columns))
      if left.count.isMultiple(of: 3) {
        _ = pair.take()
        while pair.unread.popFirst() != nil {}
      }
    }
    #expect(left.count { $0.columns != nil } <= 3)
  }

  @Test func aQueueLetsGoOfEachEventThatIsTakenOut() {
    var queue = EventQueue()
    var left: [Left] = []
    var events: [Event] = []
    for _ in 0..<10 {
      let columns = ResultColumns([], format: .text)
      left.append(Left(columns: columns))
      events.append(.columns(columns))
    }
    queue.take(&events)
    for count in 1..<10 {
      _ = queue.popFirst()
      #expect(left.count { $0.columns == nil } == count)
    }
  }

  @Test func givesOutNothingThatCameAfterTheEnd() throws {
    let pair = Pair()
    pair.leave(.columns(ResultColumns([], format: .text)))
    _ = pair.mailbox.fail(MySQLError(.connectionClosed, "the end"))
    pair.leave(.columns(ResultColumns([], format: .text)))
    guard case .events = pair.take(), case .columns = pair.unread.popFirst() else {
      Issue.record("what came before the end is lost")
      return
    }
    guard case .failure(let error) = pair.take(), pair.unread.isEmpty else {
      Issue.record("what came after the end is an answer")
      return
    }
    #expect(error.kind == .connectionClosed)
  }

  @Test func givesAllThatHasArrivedInTheOrderOfItsArrival() {
    let pair = Pair()
    for name in ["a", "b", "c"] { pair.leave(.statistics(name)) }
    _ = pair.take()
    pair.leave(.statistics("d"))
    var names: [String] = []
    while !pair.unread.isEmpty {
      while case .statistics(let name) = pair.unread.popFirst() { names.append(name) }
      _ = pair.take()
    }
    #expect(names == ["a", "b", "c", "d"])
  }

  /// Reading is paused once 256 KiB of events wait, whatever their kind.
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
      let pair = Pair()
      var left = 0
      while !pair.mailbox.isPaused, left < 4 {
        pair.leave(event)
        left += 1
      }
      #expect(pair.mailbox.isPaused && left <= 3, "\(event.size)")
      guard case .events(resumesReading: true) = pair.take() else {
        Issue.record("nothing reads on")
        continue
      }
      #expect(!pair.mailbox.isPaused)
    }
  }

  private struct Left {
    weak var columns: ResultColumns?
  }
}

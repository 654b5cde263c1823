import MySQLWire
import Testing

@testable import MySQL

@Suite struct MailboxTests {
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

  private struct Left {
    weak var columns: ResultColumns?
  }
}

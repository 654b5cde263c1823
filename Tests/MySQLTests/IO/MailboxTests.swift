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

  private struct Left {
    weak var columns: ResultColumns?
  }
}

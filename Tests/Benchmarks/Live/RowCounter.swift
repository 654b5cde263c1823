import MySQL
import Synchronization

/// An observer that does little, so that the cost is that of calling it.
final class RowCounter: MySQLObserver {
  private let rows = Atomic<Int>(0)

  func commandFinished(_ command: MySQLCommand, _ outcome: MySQLCommand.Outcome) {
    rows.add(outcome.rows, ordering: .relaxed)
  }
}

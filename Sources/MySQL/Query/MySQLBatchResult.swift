/// What a batch has done.
public struct MySQLBatchResult: Sendable, Hashable {
  /// How many rows of values were executed.
  public internal(set) var rows = 0
  /// How many rows of tables were changed, inserted or deleted.
  public internal(set) var affectedRows: UInt64 = 0
  /// How many warnings there were.
  public internal(set) var warningCount = 0
}

/// How far a batch got that failed. Rows are counted from 0.
public struct MySQLBatchFailure: Sendable, Hashable {
  /// Where the first row is that failed. If the server refused it, this is exactly that row, except with MariaDB
  /// before 10.7, which does not say which of the rows of one command it was. If the connection was lost, it is
  /// all rows without an answer; if the task was cancelled, the row that would have come next.
  public internal(set) var failed: Range<Int>
  /// The rows that the server says were executed. Some may come after the one that failed, for they were on their
  /// way.
  public internal(set) var done: [Range<Int>] = []
  /// The rows that may have been executed: those that were on their way when the connection failed. On MariaDB also
  /// those of the same command as the row that failed, up to that row: it has undone them in tables that have
  /// transactions, and keeps them in others.
  public internal(set) var unknown: Range<Int> = 0..<0

  /// How many rows were executed.
  public var doneCount: Int { done.reduce(0) { $0 + $1.count } }

  var hasDoneAfterFailure: Bool { done.last.map { $0.upperBound > failed.lowerBound } ?? false }

  init(failed: Range<Int>, done: [Range<Int>], unknown: Range<Int> = 0..<0) {
    self.failed = failed
    self.done = done
    self.unknown = unknown
  }
}

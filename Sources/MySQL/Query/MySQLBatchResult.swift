/// What a batch has done.
public struct MySQLBatchResult: Sendable, Hashable {
  /// How many rows of values were executed.
  public internal(set) var rows = 0
  /// How many rows in tables were changed, inserted or deleted.
  public internal(set) var affectedRows: UInt64 = 0
  /// How many warnings there were.
  public internal(set) var warningCount = 0
}

/// How far a failed batch got. Rows are counted from 0.
public struct MySQLBatchFailure: Sendable, Hashable {
  /// Where the first failed row is. If the server refused it, this is exactly that row, except with MariaDB
  /// before 10.7, which does not say which row of a command failed. If the connection was lost, it is all
  /// rows without an answer; if the task was cancelled, the row that would have come next.
  public internal(set) var failed: Range<Int>
  /// The rows that the server says were executed. Some may come after the failed row, because they had
  /// already been sent.
  public internal(set) var done: [Range<Int>] = []
  /// The rows that may have been executed: those already sent when the connection failed. With MariaDB, also
  /// the rows of the same command up to the failed row: MariaDB has undone them in tables that have
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

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
  /// The rows among which the first is that failed. It is exactly that row, but for MariaDB before 10.7, which
  /// of many rows in one command does not say which it was.
  public internal(set) var failed: Range<Int>
  /// The rows that were executed. Some may lie behind the one that failed, for they were on their way. Of a table
  /// without transactions MariaDB has also done those before it in the same command.
  public internal(set) var done: [Range<Int>] = []

  /// How many rows were executed.
  public var doneCount: Int { done.reduce(0) { $0 + $1.count } }

  init(failed: Range<Int>, done: [Range<Int>]) {
    self.failed = failed
    self.done = done
  }
}

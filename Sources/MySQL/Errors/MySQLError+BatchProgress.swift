extension MySQLError {
  /// How far a failed batch got. Rows are counted from 0.
  public struct BatchProgress: Sendable, Hashable {
    /// Where the first failed row is. If the server refused it, this is exactly that row, except with MariaDB
    /// before 10.7, which does not say which row of a command failed. If the connection was lost, it is all
    /// rows without an answer; if the task was cancelled, the row that would have come next.
    public internal(set) var failedRows: Range<Int>
    /// The rows that the server says were executed. Some may come after the failed row, because they had
    /// already been sent.
    public internal(set) var completedRows: [Range<Int>] = []
    /// The rows that may have been executed: those already sent when the connection failed. With MariaDB, also
    /// the rows of the same command up to the failed row: MariaDB has undone them in tables that have
    /// transactions, and keeps them in others.
    public internal(set) var unknownRows: Range<Int> = 0..<0

    /// How many rows were executed.
    public var completedCount: Int { completedRows.reduce(0) { $0 + $1.count } }

    var hasCompletedAfterFailure: Bool {
      completedRows.last.map { $0.upperBound > failedRows.lowerBound } ?? false
    }

    init(failedRows: Range<Int>, completedRows: [Range<Int>], unknownRows: Range<Int> = 0..<0) {
      self.failedRows = failedRows
      self.completedRows = completedRows
      self.unknownRows = unknownRows
    }
  }
}

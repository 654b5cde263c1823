extension MySQLResult {
  /// What a batch has done.
  public struct Batch: Sendable, Hashable {
    /// How many rows of values were executed.
    public internal(set) var executedRows = 0
    /// How many rows in tables were changed, inserted or deleted.
    public internal(set) var affectedRows: UInt64 = 0
    /// How many warnings there were.
    public internal(set) var warningCount = 0
  }
}

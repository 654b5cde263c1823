extension MySQLTransaction {
  /// What a transaction sees of other transactions.
  public struct Isolation: Sendable, Hashable {
    let sql: String

    /// It sees changes that others have not committed yet.
    public static let readUncommitted = Self(sql: "READ UNCOMMITTED")
    /// It sees what was committed when each statement began.
    public static let readCommitted = Self(sql: "READ COMMITTED")
    /// It sees what was committed when it first read. This is the servers' default.
    public static let repeatableRead = Self(sql: "REPEATABLE READ")
    /// It behaves as if transactions ran one after the other: what is read is locked.
    public static let serializable = Self(sql: "SERIALIZABLE")
  }
}

/// A command, as an observer sees it.
public struct MySQLCommand: Sendable, Hashable {
  /// An id that is the same at the command's start and end, and differs from all others in this process.
  public let id: UInt64
  /// The connection's id at the server.
  public let connectionID: UInt32
  /// What is done: `query`, `batch`, `ping`, `use`, `reset`, `change user`.
  public let name: String
  /// The statement, for a query or batch.
  public let statement: String?
}

extension MySQLCommand {
  /// How a command went: how long it took, what it brought, and whether it failed.
  public struct Outcome: Sendable {
    /// The time from just before it was sent until its answer was read.
    public let duration: Duration
    /// How many rows it brought.
    public let rows: Int
    /// How many bytes were received on the connection meanwhile.
    public let bytesReceived: Int
    /// How many bytes were sent on the connection meanwhile.
    public let bytesSent: Int
    /// Why it failed, if it did.
    public let error: MySQLError?
  }
}

/// An observer of what connections do, for logs, metrics and traces. Every method has an empty default. The
/// methods are called on the thread that does the work, and should be quick; without an observer, nothing is
/// measured.
///
/// Statements come without the values of parameters, and nothing here holds a password. SQL that a caller put
/// together holds whatever the caller put in.
public protocol MySQLObserver: Sendable {
  /// A connection has logged in; `duration` covers everything that `connect` did.
  func connected(_ connection: MySQLServerInfo, after duration: Duration)
  /// A connection could not be made.
  func connectFailed(_ error: MySQLError, after duration: Duration)
  /// A command is about to be sent.
  func commandStarted(_ command: MySQLCommand)
  /// Returns what to send along with a statement, such as `["traceparent": …]`. Called before the statement
  /// is sent, in the task that runs it. The result is joined to the attributes of the call. MySQL supports
  /// attributes from 8.0.23; other servers are not sent any.
  func attributes(for statement: String) -> MySQLQueryAttributes
  /// A command's answer is complete, or failed.
  func commandFinished(_ command: MySQLCommand, _ outcome: MySQLCommandOutcome)
  /// A connection is closed; without an error if this side closed it.
  func closed(_ connection: MySQLServerInfo, because error: MySQLError?)
  /// Something has happened in a client's pool.
  func pool(_ event: MySQLPoolEvent)
}

extension MySQLObserver {
  /// Does nothing.
  public func connected(_ connection: MySQLServerInfo, after duration: Duration) {}
  /// Does nothing.
  public func connectFailed(_ error: MySQLError, after duration: Duration) {}
  /// Does nothing.
  public func commandStarted(_ command: MySQLCommand) {}
  /// Returns none.
  public func attributes(for statement: String) -> MySQLQueryAttributes { [:] }
  /// Does nothing.
  public func commandFinished(_ command: MySQLCommand, _ outcome: MySQLCommandOutcome) {}
  /// Does nothing.
  public func closed(_ connection: MySQLServerInfo, because error: MySQLError?) {}
  /// Does nothing.
  public func pool(_ event: MySQLPoolEvent) {}
}

/// A command, as an observer sees it.
public struct MySQLCommand: Sendable, Hashable {
  /// An id that is the same at the command's start and end, and differs from all others in this process.
  public let id: UInt64
  /// The connection's id at the server.
  public let connectionID: UInt32
  /// What is done: `query`, `batch`, `ping`, `use`, `reset`, `change user`.
  public let name: String
  /// The statement, for a query.
  public let statement: String?
}

/// How a command went.
public struct MySQLCommandOutcome: Sendable {
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

/// An observer of what connections do, for logs, metrics and traces. Every method has an empty default. The
/// methods are called on the thread that does the work, and should be quick; without an observer, nothing is
/// measured.
///
/// Statements come without the values of parameters, and nothing here holds a password of the settings. SQL that a
/// caller put together holds whatever the caller put in, and the `server.message` of an error may quote it.
public protocol MySQLObserver: Sendable {
  /// A connection has logged in; `duration` covers everything that `connect` did.
  func connectionOpened(_ connection: MySQLServerInfo, after duration: Duration)
  /// A connection could not be made.
  func connectionFailed(_ error: MySQLError, after duration: Duration)
  /// A command is about to be sent.
  func commandStarted(_ command: MySQLCommand)
  /// Returns what to send along with a statement, such as `["traceparent": …]`. Called before the statement
  /// is sent, in the task that runs it. The result is joined to the attributes of the call. MySQL supports
  /// attributes from 8.0.23; other servers are not sent any.
  func attributes(for statement: String) -> MySQLQuery.Attributes
  /// A command's answer is complete, or failed.
  func commandFinished(_ command: MySQLCommand, _ outcome: MySQLCommand.Outcome)
  /// A connection is closed; without an error if this side closed it.
  func connectionClosed(_ connection: MySQLServerInfo, because error: MySQLError?)
  /// Something has happened in a client's pool.
  func pool(_ event: MySQLPoolEvent)
}

extension MySQLObserver {
  /// Does nothing.
  public func connectionOpened(_ connection: MySQLServerInfo, after duration: Duration) {}
  /// Does nothing.
  public func connectionFailed(_ error: MySQLError, after duration: Duration) {}
  /// Does nothing.
  public func commandStarted(_ command: MySQLCommand) {}
  /// Returns none.
  public func attributes(for statement: String) -> MySQLQuery.Attributes { [:] }
  /// Does nothing.
  public func commandFinished(_ command: MySQLCommand, _ outcome: MySQLCommand.Outcome) {}
  /// Does nothing.
  public func connectionClosed(_ connection: MySQLServerInfo, because error: MySQLError?) {}
  /// Does nothing.
  public func pool(_ event: MySQLPoolEvent) {}
}

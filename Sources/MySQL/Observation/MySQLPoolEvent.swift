/// What happens in a client's pool.
public enum MySQLPoolEvent: Sendable, Hashable {
  /// A connection was opened and belongs to the pool now.
  case opened
  /// A connection leaves the pool.
  case closed
  /// A task has to wait for a connection.
  case waiting
  /// A task has received a connection, after waiting for this time.
  case leased(waited: Duration)
  /// A task has waited too long for a connection. An attempt to connect that takes too long does not count.
  case timedOut
}

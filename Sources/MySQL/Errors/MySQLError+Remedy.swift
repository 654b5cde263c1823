extension MySQLError.Code {
  /// What helps against an error, judged by its number alone. What may be repeated without doing anything
  /// twice is another question, which depends on how far a call got: see `MySQLError.retry`.
  public enum Remedy: Sendable, Hashable {
    /// Waiting: the server or account is at a limit that others may free.
    case wait
    /// Repeating the whole transaction: the server has rolled it back, or a lock wait timed out.
    case repeatTransaction
    /// Another connection: this one has ended, or its server does not do this kind of work now.
    case reconnect
    /// A change of the statement, its values, the rights or the settings: the same call fails again.
    case change
  }

  /// What helps against an error with this number.
  public var remedy: Remedy {
    switch rawValue {
    // Too many connections in total, for the account, for the account per hour; too many transactions; no
    // thread.
    case 1040, 1135, 1203, 1226, 1637: .wait
    // Row changed since the snapshot (MariaDB), lock wait, deadlock, XA rolled back by timeout and by
    // deadlock, group replication, NOWAIT (MySQL and MariaDB).
    case 1020, 1205, 1213, 1613, 1614, 3101, 3572: .repeatTransaction
    // Shutting down, aborted, network reads and writes.
    case 1053, 1077, 1079, 1080, 1152, 1158...1161, 1184: .reconnect
    // A cluster node that is not ready, read-only servers, and a server that is offline.
    case 1047, 1290, 1836, 3032: .reconnect
    // Killed (MariaDB, MySQL), and closed for being idle.
    case 1927, 3169, 4031: .reconnect
    default: .change
    }
  }
}

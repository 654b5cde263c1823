extension MySQLConfiguration {
  /// What happens to a statement whose task is cancelled, or whose time is up.
  public enum Cancellation: Sendable, Hashable {
    /// The call throws at once. The server is told to end the statement, by KILL QUERY over another connection
    /// of the same account, and the connection can be used again once the statement has ended. If that is
    /// impossible (a proxy is in between, the server accepts no more connections, or it does not reply within
    /// five seconds), the connection is closed.
    case kill
    /// The same, but the call throws only when the statement has ended.
    case wait
    /// The call throws at once, and the connection is closed. The server continues the statement until it
    /// notices.
    case close
  }
}

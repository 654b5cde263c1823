/// What a connection reports to a client that has several servers. The closures are called on any thread, and never while
/// a lock of the connection is held.
struct ServerWatch: Sendable {
  /// What the client has written; nil if nobody will ask.
  let positions: PositionRecord?
  /// Called with the error of a command that its server may be to blame for.
  let failed: @Sendable (MySQLError) -> Void
}

/// The one of a client's several servers that a pool leads to.
struct PooledServer: Sendable {
  /// Where to connect to; nil to look up the endpoint's name each time.
  let address: SocketAddress?
  /// Whether each new connection's server is asked what it is.
  let asksRole: Bool
  let watch: ServerWatch
  /// Called with what the server of a new connection says it is, before the connection is lent.
  let admitted: @Sendable (ServerRole) -> Void
}

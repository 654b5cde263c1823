/// One of the two directions of a connection, by the side that sends.
public enum StreamDirection: Sendable, Hashable {
  /// Sent by the client.
  case client
  /// Sent by the server.
  case server
}

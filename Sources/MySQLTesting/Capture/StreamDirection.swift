/// The side that sent.
public enum StreamDirection: Sendable, Hashable {
  /// Sent by the client.
  case client
  /// Sent by the server.
  case server
}

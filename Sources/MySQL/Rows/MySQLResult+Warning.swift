extension MySQLResult {
  /// A server's remark on the last statement of a session.
  public struct Warning: Sendable, Hashable {
    /// The severity of the remark.
    public let level: Level
    /// The server's number for it.
    public let code: MySQLError.Code
    /// The server's message. It may quote values: do not log it where these must not appear.
    public let message: String

    /// The severity of a remark.
    public enum Level: String, Sendable, Hashable {
      /// Nothing went wrong.
      case note = "Note"
      /// The statement did something other than it says, such as cutting off a value.
      case warning = "Warning"
      /// The statement, or a part of it, failed.
      case error = "Error"
    }
  }
}

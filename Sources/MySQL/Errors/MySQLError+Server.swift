import MySQLWire

extension MySQLError {
  /// What the server says about an error: its number, its SQLSTATE and its message.
  public struct Server: Sendable, Hashable, CustomStringConvertible {
    /// The server's number for it.
    public var code: Code
    /// The SQLSTATE: five characters, the same for similar errors in all databases. Empty if the server sent
    /// none.
    public var sqlState: String
    /// The server's complete message. It may quote values and pieces of the statement: do not log it where
    /// these must not appear.
    public var message: String
    /// The bytes of the message, where they may not be UTF-8.
    package var rawMessage: [UInt8]?
    /// The server that sent it, where that is known.
    package var source: ErrorSource?

    /// Makes an error as a server would report it.
    public init(code: Code, sqlState: String = "", message: String) {
      self.code = code
      self.sqlState = sqlState
      self.message = message
    }

    init(_ packet: ErrorPacket) {
      self.init(
        code: Code(rawValue: packet.code), sqlState: packet.sqlState ?? "", message: packet.message)
      rawMessage = packet.rawMessage
    }

    /// The error as the `mysql` command prints it, except for `'…'` where the server quotes what may be a
    /// value:
    /// `ERROR 1062 (23000): Duplicate entry '…' for key 'users.email'`.
    public var description: String {
      let state = sqlState.isEmpty ? "" : " (\(sqlState))"
      return "ERROR \(code.rawValue)\(state): \(maskedMessage)"
    }
  }
}

/// A server's remark on the last statement of a session.
public struct MySQLWarning: Sendable, Hashable {
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

  /// Makes a warning as a server would report it.
  public init(level: Level, code: MySQLError.Code, message: String) {
    self.level = level
    self.code = code
    self.message = message
  }
}

extension MySQLConnection {
  /// Returns the server's remarks on the last statement: `SHOW WARNINGS`. One round trip.
  ///
  /// Call this directly after the statement: the next statement makes the server forget the remarks,
  /// whichever task runs it. `warningCount` of the statement's result tells whether the call is worth the
  /// round trip. The server keeps at most `max_error_count` of them (64 on MariaDB, 1024 on MySQL).
  ///
  /// - Throws: As `query` does.
  public nonisolated(nonsending) func warnings() async throws(MySQLError) -> [MySQLWarning] {
    try await sessionWarnings()
  }
}

// A client has no such call: its next statement may go over another connection.
extension MySQLQueryable {
  nonisolated(nonsending) func sessionWarnings() async throws(MySQLError) -> [MySQLWarning] {
    var warnings: [MySQLWarning] = []
    for try await (level, code, message) in try await query("SHOW WARNINGS").decode(
      (String, UInt16, String).self)
    {
      guard let level = MySQLWarning.Level(rawValue: level) else {
        throw MySQLError(.protocolViolation, "a warning has a level that is unknown", reach: .answered)
      }
      warnings.append(
        MySQLWarning(level: level, code: MySQLError.Code(rawValue: code), message: message))
    }
    return warnings
  }
}

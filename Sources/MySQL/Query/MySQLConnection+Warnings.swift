extension MySQLConnection {
  /// Returns the server's remarks on the last statement: `SHOW WARNINGS`. One round trip.
  ///
  /// Call this directly after the statement: the next statement makes the server forget the remarks,
  /// whichever task runs it. `warningCount` of the statement's result tells whether the call is worth the
  /// round trip. The server keeps at most `max_error_count` of them (64 on MariaDB, 1024 on MySQL).
  ///
  /// - Throws: As `query` does.
  public nonisolated(nonsending) func warnings() async throws(MySQLError) -> [MySQLResult.Warning] {
    try await sessionWarnings()
  }
}

// A client has no such call: its next statement may go over another connection.
extension MySQLQueryable {
  nonisolated(nonsending) func sessionWarnings() async throws(MySQLError) -> [MySQLResult.Warning] {
    var warnings: [MySQLResult.Warning] = []
    for try await (level, code, message) in try await query("SHOW WARNINGS").decode(
      (String, UInt16, String).self)
    {
      guard let level = MySQLResult.Warning.Level(rawValue: level) else {
        throw MySQLError(.protocolViolation, "a warning has an unknown level", reach: .answered)
      }
      warnings.append(
        MySQLResult.Warning(level: level, code: MySQLError.Code(rawValue: code), message: message))
    }
    return warnings
  }
}

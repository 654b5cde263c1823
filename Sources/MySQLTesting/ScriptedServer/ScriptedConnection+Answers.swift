import MySQLWire

extension ScriptedConnection {
  /// Sends OK: the command is done, without rows.
  ///
  /// - Parameters:
  ///   - info: The text, such as "Rows matched: 1  Changed: 1  Warnings: 0".
  ///   - variables: The system variables that are reported as changed, to clients that have CLIENT_SESSION_TRACK.
  public func sendOK(
    affectedRows: UInt64 = 0, lastInsertID: UInt64 = 0, warnings: UInt16 = 0, info: String = "",
    status: ServerStatus = .autocommit, variables: KeyValuePairs<String, String> = [:]
  ) throws(TestServerError) {
    var ok = OKPacket()
    ok.affectedRows = affectedRows
    ok.lastInsertID = lastInsertID
    ok.warnings = warnings
    ok.info = info
    ok.status = status.flags
    if !variables.isEmpty { ok.status.insert(.sessionStateChanged) }
    ok.changes = variables.map { .variable(name: $0.key, value: $0.value) }
    let answer = ok
    try send { packets, capabilities in packets.write { answer.write(to: &$0, capabilities) } }
  }

  /// Sends an error. `state` is the SQLSTATE, of five characters; nil leaves it out, as servers do before they have
  /// read the login. For an error that the client did not ask for, set `sequence` to 0 before.
  public func sendError(
    _ code: UInt16, state: String? = "HY000", message: String
  ) throws(TestServerError) {
    let error = ErrorPacket(code: code, sqlState: state, message: message)
    try send { packets, _ in packets.write { error.write(to: &$0) } }
  }

  /// Reports the progress of a statement, as MariaDB does for clients that have MARIADB_CLIENT_PROGRESS.
  ///
  /// - Parameter percent: How much of the stage is done.
  public func sendProgress(
    stage: UInt8, of stages: UInt8, percent: Double, activity: String
  ) throws(TestServerError) {
    let report = ProgressReport(
      stage: stage, stages: stages, progress: UInt32(min(max(0, percent), 100) * 1000), activity: activity)
    try send { packets, _ in packets.write { report.write(to: &$0) } }
  }

  /// Asks the client for a file, as LOAD DATA LOCAL does. `readFile` reads what it sends.
  public func requestFile(_ name: String) throws(TestServerError) {
    try sendPacket([0xFB] + Array(name.utf8))
  }

  /// Reads a file up to the empty packet that ends it. A client that refuses sends nothing else.
  public func readFile(timeout: Duration? = nil) throws(TestServerError) -> [UInt8] {
    var file: [UInt8] = []
    while true {
      let piece = try readPacket(timeout: timeout)
      if piece.isEmpty { return file }
      file += piece
    }
  }
}

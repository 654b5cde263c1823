import MySQLWire

/// The status of the session in OK packets and at the ends of results.
public struct ServerStatus: OptionSet, Sendable, Hashable {
  /// The bits as they are sent.
  public let rawValue: UInt16
  /// Makes a status from any bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// SERVER_STATUS_IN_TRANS
  public static let inTransaction = Self(rawValue: 1 << 0)
  /// SERVER_STATUS_AUTOCOMMIT
  public static let autocommit = Self(rawValue: 1 << 1)
  /// SERVER_MORE_RESULTS_EXISTS: another result of the same command follows.
  public static let moreResults = Self(rawValue: 1 << 3)
  /// SERVER_STATUS_CURSOR_EXISTS: the rows are to be fetched.
  public static let cursorExists = Self(rawValue: 1 << 6)
  /// SERVER_STATUS_LAST_ROW_SENT: the cursor is exhausted.
  public static let lastRowSent = Self(rawValue: 1 << 7)

  var flags: StatusFlags { StatusFlags(rawValue: rawValue) }
}

extension ScriptedConnection {
  /// Sends OK: the command is done, without rows.
  public func sendOK(
    affectedRows: UInt64 = 0, lastInsertID: UInt64 = 0, warnings: UInt16 = 0, info: String = "",
    status: ServerStatus = .autocommit
  ) throws(TestServerError) {
    var ok = OKPacket()
    ok.affectedRows = affectedRows
    ok.lastInsertID = lastInsertID
    ok.warnings = warnings
    ok.info = info
    ok.status = status.flags
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

import MySQL
import MySQLTesting

/// One of the servers that a replica replicates from, by a row of SHOW REPLICA STATUS.
struct ReplicationSource: Equatable, Sendable {
  var host = ""
  var port = ""
  /// Nil before the replica has reached it for the first time.
  var serverID: UInt32?
  /// Whether the replica receives transactions: `Yes`, `No` or `Connecting`.
  var receiving = "Yes"
  /// Whether it carries them out.
  var applying = "Yes"
  var error: String?
  /// In seconds; nil if the replica does not know.
  var lag: Int?
  /// For how many seconds transactions are held back on purpose.
  var delay = 0

  var place: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
  var isRunning: Bool { receiving == "Yes" && applying == "Yes" }
}

extension ReplicationSource {
  /// - Parameter row: Returns the text in a column, or nil for NULL and for a column that is not there. MariaDB, and
  ///   MySQL before 8.0.22, have older names for some.
  init(_ row: (String) -> String?) {
    host = row("Source_Host") ?? row("Master_Host") ?? ""
    port = row("Source_Port") ?? row("Master_Port") ?? ""
    serverID = (row("Source_Server_Id") ?? row("Master_Server_Id")).flatMap { UInt32($0) }
    if serverID == 0 { serverID = nil }
    receiving = row("Replica_IO_Running") ?? row("Slave_IO_Running") ?? "No"
    applying = row("Replica_SQL_Running") ?? row("Slave_SQL_Running") ?? "No"
    error = ["Last_SQL_Error", "Last_IO_Error"].compactMap(row).first { !$0.isEmpty }
      .map(Self.withoutSecrets)
    lag = (row("Seconds_Behind_Source") ?? row("Seconds_Behind_Master")).flatMap { Int($0) }
    delay = row("SQL_Delay").flatMap { Int($0) } ?? 0
  }

  /// Leaves out the statement that failed if it may hold a password.
  private static func withoutSecrets(_ error: String) -> String {
    guard let statement = error.firstRange(of: "Query: ") else { return error }
    return StatementSecrets.areMentioned(in: String(error[statement.upperBound...]))
      ? error[..<statement.upperBound] + "•••" : error
  }
}

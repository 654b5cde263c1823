import MySQL
import MySQLTesting

/// A server that takes what a source gives.
enum LoadingServer {
  /// Returns a server that asks for a file if a statement loads one, and records what it gets.
  static func serve(_ files: Journal<[UInt8]>) throws -> ScriptedServer {
    try ScriptedServer { connection in
      try connection.acceptLogin()
      var long: [UInt8] = []
      while true {
        switch try connection.readCommand() {
        case .query(let sql) where sql.hasPrefix("LOAD"):
          try connection.requestFile("x")
          files.note(try connection.readFile())
          try connection.sendOK(affectedRows: 1)
        case .prepare: try connection.sendPrepared(1, parameters: [.init("?", .blob)])
        case .sendLongData(_, _, let bytes): long += bytes
        case .execute, .other:
          files.note(long)
          long = []
          try connection.sendOK(affectedRows: 1)
        case .resetStatement:
          long = []
          try connection.sendOK()
        case .closeStatement: break
        case .quit: return
        default: try connection.sendOK()
        }
      }
    }
  }

  static let load = "LOAD DATA LOCAL INFILE 'x' INTO TABLE t" as MySQLQuery
}

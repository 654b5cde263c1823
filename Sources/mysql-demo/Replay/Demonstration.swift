import MySQL
import MySQLTesting

/// What is shown when no server is named: a session recorded with a real server, over real TCP.
struct Demonstration {
  /// The statements of the recorded session, in this order.
  static let statements = [
    "SELECT VERSION() AS version, @@version_comment AS edition",
    "SHOW TABLES",
    "SELECT name, name_ja, radius_km, moons, discovered FROM planets ORDER BY id",
    "SELECT kind, COUNT(*) AS planets, SUM(moons) AS moons, AVG(radius_km) AS radius FROM planets GROUP BY kind",
    "UPDATE planets SET moons = moons + 1 WHERE name = 'Saturn'",
    "SELECT nosuchcolumn FROM planets",
  ]

  private static let introduction = """
    No server is named, so this is a replay: a session with MySQL 9.7, recorded earlier, which a server inside
    this program now plays on 127.0.0.1. The client is the real one; only the answers are from a recording.


    """

  private static let advice = """
    To use it with a server:
      mysql-demo -h HOST -u USER -p [DATABASE]      or --url=mysql://USER@HOST/DATABASE, or -S SOCKET
      mysql-demo doctor -h HOST -u USER -p          if that does not connect
      mysql-demo --wire                             every packet of this session (of any, with -h HOST)
      mysql-demo --wire=session.html                the same as a web page
      mysql-demo --help                             all options

    """

  let arguments: Arguments
  let output: OutputBuffer
  let interrupts: Interrupts

  func run() async -> Int32 {
    output.write(text: Self.introduction)
    do {
      let server = try ReplayServer(
        captureFile: CaptureFile(bytes: PackageResources.session_pcap), mode: .byStatement)
      defer { server.stop() }
      try await show(port: UInt16(server.port))
    } catch {
      StandardError.print("mysql-demo: the replay failed: \(error)")
      return output.end(status: 1)
    }
    output.write(text: Self.advice)
    return output.end()
  }

  private func show(port: UInt16) async throws {
    var settings = MySQLConfiguration(.tcp(host: "127.0.0.1", port: port), user: "demo", database: "planets")
    settings.tls.mode = .disabled
    settings.allowsMultipleStatements = true
    settings.allowsLocalInfile = true
    let connection = try await MySQLConnection.connect(settings, observer: arguments.observer)
    let client = Client(arguments.forTables, connection, .ofTerminal, output, interrupts)
    client.isForced = true
    client.isTerminal = true
    for statement in Self.statements {
      output.write(text: "mysql> \(statement);\n")
      var pending = Array(statement.utf8)
      _ = await client.execute(&pending, isVertical: false)
      output.flush()
    }
    await connection.close()
  }
}

extension Arguments {
  /// The arguments with which results are shown as to a person at a terminal.
  fileprivate var forTables: Arguments {
    var arguments = Arguments()
    arguments.format = format
    arguments.printsFailedQuery = false
    return arguments
  }
}

import Foundation
import MySQL
import Testing

extension Demo {
  @Suite(.live) struct WireSecrecy {
    @Test(arguments: DemoServer.all)
    func noWireOutputShowsAPassword(_ server: DemoServer) async throws {
      try await server.run(
        "DROP USER IF EXISTS demo_quiet@'%'", "CREATE USER demo_quiet@'%' IDENTIFIED BY 'geheim6'",
        "GRANT ALL ON *.* TO demo_quiet@'%'")
      let run = try CommandRun.of(
        CommandRun.demo,
        server.arguments + server.ownArguments
          + [
            "-udemo_quiet", "-pgeheim6", "--wire", "-e",
            "ALTER USER demo_quiet@'%' IDENTIFIED BY 'geheim7'",
          ])
      try await server.run("DROP USER demo_quiet@'%'")
      #expect(run.exitCode == 0)
      #expect(run.errorText.contains("COM_QUERY  'ALTER USER demo_quiet@\\'%\\' IDENTIFIED BY \\'•••\\''"))
      #expect(!run.errorText.contains("geheim") && !run.outputText.contains("geheim"))
    }

    /// Each of these statements has printed its password once.
    @Test(arguments: DemoServer.all)
    func noStatementShowsItsPasswordOnTheWire(_ server: DemoServer) async throws {
      try await server.run("DROP USER IF EXISTS `o'brien`@'%', demo_wire@'%'", "CREATE USER demo_wire@'%'")
      let run = try CommandRun.of(
        CommandRun.demo, server.arguments + server.ownArguments + ["--wire", "-f", "-c", "-B"],
        input: Data(
          """
          CREATE USER `o'brien`@'%' IDENTIFIED BY 'geheim8';
          ALTER USER demo_wire@'%' IDENTIFIED BY /* it's */ 'geheim8';
          SET @p = 'geheim8';
          SET sql_mode = 'NO_BACKSLASH_ESCAPES';
          ALTER USER 'p\\', 'b1' IDENTIFIED BY 'geheim8';
          SELECT authentication_string FROM mysql.user WHERE user = 'demo_wire';
          SELECT authentication_string AS a FROM mysql.user WHERE user = 'demo_wire';
          SELECT * FROM mysql.user WHERE user = 'demo_wire';
          SHOW GRANTS FOR demo_wire@'%';
          SHOW CREATE USER demo_wire@'%';

          """.utf8))
      let hash = try await MySQLConnection.with(server.configuration) { connection in
        try await connection.query("SELECT authentication_string FROM mysql.user WHERE user = 'demo_wire'")
          .collect()[0].decode(String.self)
      }
      try await server.run("DROP USER IF EXISTS `o'brien`@'%', demo_wire@'%'")
      let sent = run.errorText.split(separator: "\n").filter { $0.hasPrefix("→") }
      #expect(sent.count { $0.contains("COM_QUERY") } >= 10)
      #expect(!sent.contains { $0.contains("geheim8") })
      #expect(hash.count > 10 && !run.errorText.contains(hash.prefix(6)))
    }
  }
}

import MySQL
import Testing

extension Demo {
  /// What the doctor reports about logins that are refused.
  @Suite struct DiagnosingLogins {
    @Test(.live, arguments: DemoServer.all)
    func saysThatAHostMayNotConnect(_ server: DemoServer) async throws {
      // MySQL may remember the hosts of deleted accounts.
      try await server.run("FLUSH PRIVILEGES")
      guard case .tcp(_, let port) = server.configuration.endpoint else { return }
      let relay = try LocalListener.relay(to: port, from: "127.0.0.9")
      defer { relay.stop() }
      let run = try diagnose(["-h127.0.0.1", "-P\(relay.port)", "-uroot"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("No account may connect from this machine"))
      #expect(run.outputText.contains("CREATE USER 'root'@"))
    }

    @Test(.live, arguments: DemoServer.all)
    func asksWhetherThePasswordIsRight(_ server: DemoServer) async throws {
      try await server.run(
        "DROP USER IF EXISTS demo_doctor@'127.0.0.1'",
        "CREATE USER demo_doctor@'127.0.0.1' IDENTIFIED BY 'the right one'")
      let run = try diagnose(server, ["-udemo_doctor", "-pthe wrong one"])
      let bare = try diagnose(server, ["-udemo_doctor"])
      try await server.run("DROP USER demo_doctor@'127.0.0.1'")
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("Access denied for user 'demo_doctor'"))
      #expect(run.outputText.contains("is the password right?"))
      #expect(!run.outputText.contains("the wrong one") && !run.errorText.contains("the wrong one"))
      #expect(bare.outputText.contains("no password was given: add -p"))
    }

    @Test(.live, arguments: DemoServer.all)
    func namesTheAnonymousAccountThatIsInTheWay(_ server: DemoServer) async throws {
      try await server.run(
        "DROP USER IF EXISTS ''@'127.0.0.1', demo_doctor@'%'", "CREATE USER ''@'127.0.0.1'",
        "CREATE USER demo_doctor@'%' IDENTIFIED BY 'the right one'")
      let run = try diagnose(server, ["-udemo_doctor", "-pthe right one"])
      try await server.run("DROP USER ''@'127.0.0.1', demo_doctor@'%'")
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("the anonymous account ''@'127.0.0.1' is in the way"))
      #expect(run.outputText.contains("on the server: DROP USER ''@'127.0.0.1'"))
    }

    @Test(.live, arguments: DemoServer.all)
    func saysThatADatabaseIsMissing(_ server: DemoServer) throws {
      let run = try diagnose(server, ["-Ddemo_nosuch"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("Unknown database 'demo_nosuch'. The login is right"))
      #expect(run.outputText.contains("CREATE DATABASE `demo_nosuch`"))
    }

    @Test(.live, arguments: DemoServer.all)
    func saysThatTheServerLacksALoginMethod(_ server: DemoServer) async throws {
      let isMariaDB = try await MySQLConnection.with(server.configuration) { $0.server.isMariaDB }
      try await server.run(
        "DROP USER IF EXISTS demo_doctor@'%'", "CREATE USER demo_doctor@'%' IDENTIFIED BY 'the right one'",
        isMariaDB
          ? "UPDATE mysql.global_priv SET priv = JSON_SET(priv, '$.plugin', 'gone') WHERE user = 'demo_doctor'"
          : "UPDATE mysql.user SET plugin = 'mysql_native_password' WHERE user = 'demo_doctor'",
        "FLUSH PRIVILEGES")
      let run = try diagnose(server, ["-udemo_doctor", "-pthe right one"])
      try await server.run("DROP USER demo_doctor@'%'", "FLUSH PRIVILEGES")
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("uses a login method that this server does not have"))
    }
  }
}

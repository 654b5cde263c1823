import Foundation
import MySQL
import MySQLTesting
import Testing

extension Demo {
  /// What the doctor reports about accounts and servers that let a client in and then refuse it, or that are unusual.
  @Suite struct DiagnosingAccounts {
    private func diagnose(_ arguments: [String]) throws -> String {
      let run = try CommandRun.of(
        CommandRun.demo, ["doctor", "--no-defaults", "--connect-timeout=2"] + arguments)
      #expect(run.exitCode == (run.outputText.hasSuffix("All is well.\n") ? 0 : 1))
      return run.outputText
    }

    private func diagnose(
      _ greeting: ServerGreeting = .mysql,
      _ answer: @escaping @Sendable (ScriptedConnection) throws -> Void
    ) throws -> String {
      let server = try ScriptedServer { connection in
        try connection.sendGreeting(greeting)
        // The doctor looks at the greeting first, and then connects.
        guard (try? connection.readLogin()) != nil else { return }
        try answer(connection)
      }
      defer { server.stop() }
      return try diagnose(["-h127.0.0.1", "-P\(server.port)", "-uplain", "-pplain", "--ssl-mode=disabled"])
    }

    /// The server reports it in reply to the first statement, and closes.
    @Test func saysThatInitConnectFails() throws {
      let text = try diagnose { connection in
        try connection.sendOK()
        _ = try connection.readCommand()
        try connection.sendError(
          1184, state: "08S01",
          message: "Aborted connection 8 to db: 'unconnected' user: 'plain' (init_connect command failed)")
      }
      #expect(text.contains("init_connect command failed"))
      #expect(text.contains("SELECT @@init_connect"))
      #expect(!text.contains("GRANT") && !text.contains("rights are missing"))
    }

    @Test(.live, arguments: DemoServer.all)
    func saysThatAPasswordHasExpired(_ server: DemoServer) async throws {
      try await server.run(
        "DROP USER IF EXISTS demo_doctor@'%'",
        "CREATE USER demo_doctor@'%' IDENTIFIED BY 'the right one' PASSWORD EXPIRE")
      let text = try diagnose(server.arguments + server.ownArguments + ["-udemo_doctor", "-pthe right one"])
      try await server.run("DROP USER demo_doctor@'%'")
      #expect(text.contains("the password has expired"))
      #expect(text.contains("ALTER USER USER() IDENTIFIED BY"))
      #expect(!text.contains("All is well"))
    }

    @Test(.live, arguments: DemoServer.all)
    func saysWhatAnAccountDemands(_ server: DemoServer) async throws {
      for (demand, mode, advice) in [
        ("SSL", "disabled", "--ssl-mode=required"), ("X509", "disabled", "--ssl-mode=required"),
        ("X509", "required", "--ssl-cert and --ssl-key"),
      ] {
        try await server.run(
          "DROP USER IF EXISTS demo_doctor@'%'",
          "CREATE USER demo_doctor@'%' IDENTIFIED BY 'the right one' REQUIRE \(unsafe: demand)")
        let text = try diagnose(
          server.arguments + [
            "--get-server-public-key", "--ssl-mode=\(mode)", "-udemo_doctor", "-pthe right one",
          ])
        try await server.run("DROP USER demo_doctor@'%'")
        #expect(text.contains("Access denied") && text.contains(advice), "\(demand) \(mode): \(text)")
        #expect(text.contains("--ssl-mode=required") == (mode == "disabled"), "\(text)")
      }
    }

    /// Sphinx is neither MySQL nor MariaDB, and has no accounts.
    @Test func acceptsAServerOfAnotherKind() throws {
      var greeting = ServerGreeting(version: "2.2.11-id64-release (95ae9a6)", capabilities: 0x8208)
      greeting.plugin = ""
      let text = try diagnose(greeting) { connection in
        try connection.sendOK()
        while true {
          switch try connection.readCommand() {
          case .query: try connection.sendError(1064, state: "42000", message: "sphinxql: syntax error\0")
          case .quit: return
          default: try connection.sendOK()
          }
        }
      }
      #expect(text.contains("server    2.2.11-id64-release (95ae9a6) (neither MySQL nor MariaDB)"))
      #expect(text.contains("login     accepted\n"))
      #expect(text.hasSuffix("All is well.\n"))
    }

    @Test func saysThatAProxyIsNotTrusted() throws {
      let server = try ScriptedServer { connection in
        try connection.sendGreeting()
        try connection.sendError(1130, message: "Proxy header is not accepted from 127.0.0.1")
      }
      defer { server.stop() }
      let text = try diagnose(["-h127.0.0.1", "-P\(server.port)", "-uplain"])
      #expect(text.contains("Proxy header is not accepted from 127.0.0.1."))
      #expect(text.contains("proxy-protocol-networks"))
    }

    /// MariaDB 10.11 says so to some users that have no account for their host.
    @Test func aRefusalInWhichNoPasswordHelpsIsExplainedToo() throws {
      let text = try diagnose { connection in
        try connection.sendError(1698, state: "28000", message: "Access denied for user 'plain'@'192.0.2.20'")
      }
      #expect(text.contains("an account is a user at a host"))
    }

    @Test func endsSentencesWithOneFullStop() throws {
      let text = try diagnose { connection in
        try connection.sendError(3118, message: "Access denied. Account is locked.")
      }
      #expect(text.contains("Account is locked.\n"))
    }
  }
}

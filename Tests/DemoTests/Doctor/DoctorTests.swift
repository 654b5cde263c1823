import Foundation
import MySQL
import MySQLTesting
import Testing

@testable import mysql_demo

extension Demo {
  /// Every diagnosis comes from a cause that is really there.
  @Suite struct Diagnosing {
    private static let patience = ["--no-defaults", "--connect-timeout=1"]

    private func diagnose(_ arguments: [String]) throws -> CommandRun {
      try CommandRun.of(CommandRun.demo, ["doctor"] + Self.patience + arguments)
    }

    private func diagnose(_ server: DemoServer, _ arguments: [String]) throws -> CommandRun {
      try diagnose(server.arguments + server.ownArguments + arguments)
    }

    @Test func aNameThatIsNone() throws {
      let run = try diagnose(["-hnosuch.invalid"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("The name 'nosuch.invalid' has no address"))
      #expect(run.outputText.contains("on this machine: check its spelling"))
    }

    @Test func aPortAtWhichNothingListens() throws {
      let port = try LocalListener.closedPort()
      let run = try diagnose(["-h127.0.0.1", "-P\(port)"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("nothing listens on port \(port)"))
      #expect(run.outputText.contains("bind-address"))
    }

    @Test(.enabled(if: Namespace.isAvailable, "needs root, ip and unshare for a network namespace"))
    func packetsThatAreDropped() throws {
      let run = try Namespace.run(["doctor"] + Self.patience + ["-h", Namespace.silentAddress, "-P3306"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("packets to port 3306 are dropped on the way"))
      #expect(run.outputText.contains("security group"))
    }

    @Test func aWebServer() throws {
      let listener = try LocalListener.web()
      defer { listener.stop() }
      let run = try diagnose(["-h127.0.0.1", "-P\(listener.port)"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("is a web server (HTTP), and no MySQL or MariaDB server"))
    }

    @Test func aServiceThatHangsUp() throws {
      let listener = try LocalListener { _ in }
      defer { listener.stop() }
      let run = try diagnose(["-h127.0.0.1", "-P\(listener.port)"])
      #expect(run.outputText.contains("accepted and closed at once"))
    }

    @Test func aSocketThatIsNone() throws {
      let run = try diagnose(["-S/nosuch/socket"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("The unix socket /nosuch/socket cannot be used: No such file"))
    }

    @Test(.live, arguments: DemoServer.all)
    func nothingAtAll(_ server: DemoServer) throws {
      let run = try diagnose(server, ["-Dmysql"])
      #expect(run.exitCode == 0)
      for step in ["name ", "TCP ", "server ", "TLS ", "login ", "database ", "speed "] {
        #expect(run.outputText.contains("\n" + step) || run.outputText.hasPrefix(step), "\(step)")
      }
      #expect(run.outputText.hasSuffix("All is well.\n"))
    }

    /// The system's authorities do not know a test's servers.
    @Test(.live, arguments: DemoServer.all)
    func aCertificateThatNobodyVouchesFor(_ server: DemoServer) throws {
      let run = try diagnose(server, ["--ssl-mode=verify-ca"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("\nTLS       the server offers it; ssl-mode is verify-ca\n"))
      #expect(run.outputText.contains("TLS failed: the server's certificate is not by an authority"))
      #expect(run.outputText.contains("on this machine: --ssl-ca must be the authority"))
    }

    @Test func aServerWithoutTLS() throws {
      let server = try ScriptedServer { try $0.acceptLogin() }
      let run = try diagnose(["-h127.0.0.1", "-P\(server.port)", "--ssl-mode=required"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("The server offers no TLS, and ssl-mode=required demands it."))
    }

    @Test(.live, arguments: DemoServer.all)
    func aHostThatMayNotConnect(_ server: DemoServer) async throws {
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
    func aWrongPassword(_ server: DemoServer) async throws {
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
    func anAnonymousAccountInTheWay(_ server: DemoServer) async throws {
      try await server.run(
        "DROP USER IF EXISTS ''@'127.0.0.1', demo_doctor@'%'", "CREATE USER ''@'127.0.0.1'",
        "CREATE USER demo_doctor@'%' IDENTIFIED BY 'the right one'")
      let run = try diagnose(server, ["-udemo_doctor", "-pthe right one"])
      try await server.run("DROP USER ''@'127.0.0.1', demo_doctor@'%'")
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("the anonymous account ''@'127.0.0.1' is in the way"))
      #expect(run.outputText.contains("on the server: DROP USER ''@'127.0.0.1'"))
    }

    /// The option that the warning names makes the warning disappear.
    @Test(.live, arguments: DemoServer.all)
    func aServerThatNothingProves(_ server: DemoServer) throws {
      let arguments = ["doctor"] + Self.patience + server.arguments + ["--get-server-public-key"]
      let run = try CommandRun.of(CommandRun.demo, arguments + ["--ssl-mode=required"])
      #expect(run.exitCode == 0)
      #expect(run.outputText.contains("nothing proved that this is the server"))
      let option = try #require(
        run.outputText.split { $0.isWhitespace }.first { $0.hasPrefix("--ssl-fingerprint=") })
      let proved = try CommandRun.of(CommandRun.demo, arguments + [String(option)])
      #expect(proved.exitCode == 0)
      #expect(proved.outputText.contains("All is well.") && !proved.outputText.contains("WARNING"))
      let plain = try CommandRun.of(CommandRun.demo, arguments + ["--ssl-mode=disabled"])
      #expect(!plain.outputText.contains("WARNING"))
    }

    @Test(.live, arguments: DemoServer.all)
    func aDatabaseThatIsMissing(_ server: DemoServer) throws {
      let run = try diagnose(server, ["-Ddemo_nosuch"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("Unknown database 'demo_nosuch'. The login is right"))
      #expect(run.outputText.contains("CREATE DATABASE `demo_nosuch`"))
    }

    @Test(.live, arguments: DemoServer.all)
    func aLoginMethodThatTheServerLacks(_ server: DemoServer) async throws {
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

    @Test func aTimeThatIsTooLongOrNone() throws {
      let listener = try LocalListener.web()
      defer { listener.stop() }
      for seconds in ["9223372036854775807", "18446744073709551615", "0"] {
        let run = try CommandRun.of(
          CommandRun.demo,
          ["doctor", "--no-defaults", "-h127.0.0.1", "-P\(try LocalListener.closedPort())"]
            + ["--connect-timeout=\(seconds)"])
        #expect(run.exitCode == 1, "\(seconds)")
        #expect(run.outputText.contains("nothing listens"), "\(seconds)")
      }
      // A time of 0 means the default, which is long enough to hear from a web server.
      let run = try CommandRun.of(
        CommandRun.demo,
        ["doctor", "--no-defaults", "-h127.0.0.1", "-P\(listener.port)", "--connect-timeout=0"])
      #expect(run.outputText.contains("is a web server (HTTP)"))
      for seconds in ["-1", "x", "18446744073709551616"] {
        let run = try CommandRun.of(
          CommandRun.demo, ["doctor", "--no-defaults", "--connect-timeout=\(seconds)"])
        #expect(run.exitCode == 9, "\(seconds)")
        #expect(run.errorText.contains("to 'connect-timeout'"))
      }
    }

    @Test func aServiceThatWouldSteerTheTerminal() throws {
      let listener = try LocalListener { connection in
        let words = Array("\u{1B}]0;PWNED\u{7}".utf8)
        _ = send(connection, words, words.count, 0)
      }
      defer { listener.stop() }
      let run = try diagnose(["-h127.0.0.1", "-P\(listener.port)"])
      #expect(run.outputText.contains("PWNED"))
      #expect(!run.output.contains { $0 < 0x20 && $0 != 0x0A })
    }

    @Test func aGreetingThatComesInPieces() throws {
      let server = try ScriptedServer { connection in
        connection.split(into: 20, every: .milliseconds(20))
        _ = try connection.acceptLogin()
        while case .query = try connection.readCommand() { try connection.sendOK() }
      }
      defer { server.stop() }
      let run = try diagnose(["-h127.0.0.1", "-P\(server.port)", "-uroot", "--ssl-mode=disabled"])
      #expect(run.outputText.contains("\nserver    "), "\(run.outputText)")
      #expect(run.outputText.contains("\nlogin     "))
    }

    @Test func aConnectionThatIsCutAfterTheLogin() throws {
      let server = try ScriptedServer { connection in
        _ = try connection.acceptLogin()
        while try connection.readCommand() != .ping { try connection.sendOK() }
        connection.close()
      }
      defer { server.stop() }
      let run = try diagnose(["-h127.0.0.1", "-P\(server.port)", "-uroot", "--ssl-mode=disabled"])
      #expect(run.exitCode == 1)
      #expect(
        run.outputText.contains("The login is right, but then the connection failed: "), "\(run.outputText)")
      #expect(!run.outputText.contains("GRANT"))
    }

    @Test func adviceQuotesWhatItNames() {
      let refused = MySQLError(
        .server, "", server: MySQLServerError(code: .databaseAccessDenied, sqlState: "42000", message: "no"))
      for (name, user, grant) in [
        ("my_db", "u", #"GRANT ALL ON `my\_db`.* TO 'u'@…"#),
        ("x`.* TO evil; -- ", "o'brien", "GRANT ALL ON `x``.* TO evil; -- `.* TO 'o''brien'@…"),
        ("50%", #"a\"#, #"GRANT ALL ON `50\%`.* TO 'a\\'@…"#),
      ] {
        #expect(Diagnosis(database: refused, name: name, user: user).advice.map(\.text) == [grant])
      }
      let denied = MySQLError(
        .server, "", server: MySQLServerError(code: .accessDenied, sqlState: "28000", message: "no"))
      let advice = Diagnosis(login: denied, user: "x') OR ('1", hasPassword: true, tls: .none).advice.map(
        \.text
      ).joined()
      #expect(advice.contains("WHERE user IN ('x'') OR (''1', '')"))
    }
  }
}

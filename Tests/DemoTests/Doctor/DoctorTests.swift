import Foundation
import MySQL
import MySQLTesting
import Testing

@testable import mysql_demo

extension Demo {
  /// Every diagnosis comes from a cause that is really there.
  @Suite struct Diagnosing {
    @Test(.live, arguments: DemoServer.all)
    func findsNothingWrongWithAGoodServer(_ server: DemoServer) throws {
      let run = try diagnose(server, ["-Dmysql"])
      #expect(run.exitCode == 0)
      for step in ["name ", "TCP ", "server ", "TLS ", "login ", "database ", "speed "] {
        #expect(run.outputText.contains("\n" + step) || run.outputText.hasPrefix(step), "\(step)")
      }
      #expect(run.outputText.hasSuffix("All is well.\n"))
    }

    @Test func takesAnyNumberOfSecondsAsATimeLimit() throws {
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
      let server = try ScriptedServer { connection in
        _ = try connection.acceptLogin()
        while case .query = try connection.readCommand() { try connection.sendOK() }
      }
      defer { server.stop() }
      let whole = try CommandRun.of(
        CommandRun.demo,
        ["doctor", "--no-defaults", "-h127.0.0.1", "-P\(server.port)", "-uroot", "--ssl-mode=disabled"]
          + ["--connect-timeout=9223372036854775807"])
      #expect(whole.outputText.contains("\nlogin     "), "\(whole.outputText)\(whole.errorText)")
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

    @Test func showsNoControlCharactersOfAService() throws {
      let listener = try LocalListener { connection in
        let words = Array("\u{1B}]0;PWNED\u{7}".utf8)
        _ = send(connection, words, words.count, 0)
      }
      defer { listener.stop() }
      let run = try diagnose(["-h127.0.0.1", "-P\(listener.port)"])
      #expect(run.outputText.contains("PWNED"))
      #expect(!run.output.contains { $0 < 0x20 && $0 != 0x0A })
    }

    @Test func readsAGreetingThatComesInPieces() throws {
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

    @Test func saysThatAConnectionWasCutAfterTheLogin() throws {
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
        .server, "", server: MySQLError.Server(code: .databaseAccessDenied, sqlState: "42000", message: "no"))
      for (name, user, grant) in [
        ("my_db", "u", #"GRANT ALL ON `my\_db`.* TO 'u'@…"#),
        ("x`.* TO evil; -- ", "o'brien", "GRANT ALL ON `x``.* TO evil; -- `.* TO 'o''brien'@…"),
        ("50%", #"a\"#, #"GRANT ALL ON `50\%`.* TO 'a\\'@…"#),
      ] {
        #expect(Diagnosis(database: refused, name: name, user: user).advice.map(\.text) == [grant])
      }
      let denied = MySQLError(
        .server, "", server: MySQLError.Server(code: .accessDenied, sqlState: "28000", message: "no"))
      let advice = Diagnosis(login: denied, user: "x') OR ('1", hasPassword: true, tls: .none).advice.map(
        \.text
      ).joined()
      #expect(advice.contains("WHERE user IN ('x'') OR (''1', '')"))
    }
  }
}

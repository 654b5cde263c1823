import MySQLTesting
import Testing

extension Demo {
  /// What the doctor reports about TLS.
  @Suite struct DiagnosingTLS {
    /// The system's authorities do not know a test's servers.
    @Test(.live, arguments: DemoServer.all)
    func saysThatNobodyVouchesForACertificate(_ server: DemoServer) throws {
      let run = try diagnose(server, ["--ssl-mode=verify-ca"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("\nTLS       the server offers it; ssl-mode is verify-ca\n"))
      #expect(run.outputText.contains("TLS failed: the server's certificate is not from a trusted authority"))
      #expect(run.outputText.contains("on this machine: --ssl-ca must be the authority"))
    }

    @Test func saysThatAServerOffersNoTLS() throws {
      let server = try ScriptedServer { try $0.acceptLogin() }
      let run = try diagnose(["-h127.0.0.1", "-P\(server.port)", "--ssl-mode=required"])
      #expect(run.exitCode == 1)
      #expect(run.outputText.contains("The server offers no TLS, and ssl-mode=required demands it."))
    }

    /// The option that the warning names makes the warning disappear.
    @Test(.live, arguments: DemoServer.all)
    func warnsThatNothingProvesTheServer(_ server: DemoServer) throws {
      let arguments = ["doctor"] + doctorPatience + server.arguments + ["--get-server-public-key"]
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
  }
}

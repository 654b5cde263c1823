import Foundation
import MySQL
import Testing

extension Demo {
  @Suite(.live) struct Secrecy {
    @Test(arguments: DemoServer.all)
    func noProcessListShowsAPassword(_ server: DemoServer) async throws {
      try await server.run(
        "DROP USER IF EXISTS demo_quiet@'%'", "CREATE USER demo_quiet@'%' IDENTIFIED BY 'geheim5'")
      for option in [["-pgeheim5"], ["--password=geheim5"], ["-Npgeheim5"]] {
        let process = Process()
        process.executableURL = CommandRun.demo
        process.arguments =
          server.arguments + server.ownArguments + ["-udemo_quiet"] + option + ["-e", "SELECT SLEEP(1)"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        try await Task.sleep(for: .milliseconds(300))
        let title = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(process.processIdentifier)/cmdline"))
        process.waitUntilExit()
        #expect(String(decoding: title, as: UTF8.self).contains("SELECT SLEEP(1)"))
        #expect(!String(decoding: title, as: UTF8.self).contains("geheim5"), "\(option)")
        #expect(process.terminationStatus == 0)
      }
      try await server.run("DROP USER demo_quiet@'%'")
    }

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
  }
}

import Foundation
import MySQL
import Testing

@testable import mysql_demo

extension Demo {
  @Suite struct PasswordArguments {
    @Test(.live, arguments: DemoServer.all)
    func noProcessListShowsAPassword(_ server: DemoServer) async throws {
      try await server.run(
        "DROP USER IF EXISTS demo_quiet@'%'", "CREATE USER demo_quiet@'%' IDENTIFIED BY 'geheim5'")
      for option in [
        ["-pgeheim5"], ["--password=geheim5"], ["-Npgeheim5"], ["--loose-password=geheim5"],
        ["--pas=geheim5"],
        ["--loose_pass=geheim5"],
      ] {
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

    @Test func findsThePasswordInAWord() {
      for (word, secret) in [
        ("--password=x", "x"), ("--pas=x", "x"), ("--loose-password=x", "x"), ("--loose_pass=x=y", "x=y"),
        ("--pa=x", "x"), ("--password", ""), ("-px", "x"), ("-Npx", "x"), ("-ux", ""), ("--port=3306", ""),
        ("--pager=less", ""), ("--url=mysql://u:a:b@h:1/d", "a:b"), ("mysql://u:a@b@h/d", "a@b"),
        ("--url=mysql://u@h:1/d", ""), ("--host=a", ""), ("--url=mysql://h:1/d?x=y", ""), ("", ""),
        ("://@", ""),
      ] {
        let range = ProcessArguments.secretRange(of: Array(word.utf8))
        #expect(String(decoding: Array(word.utf8)[range], as: UTF8.self) == secret, "\(word)")
      }
    }
  }
}

import Foundation

/// Runs a command of the system's shell, to its end.
enum Shell {
  static func run(_ command: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sh", "-c", command]
    do {
      try process.run()
      process.waitUntilExit()
    } catch {
      // There is no shell: nothing to say that the user could use.
    }
  }
}

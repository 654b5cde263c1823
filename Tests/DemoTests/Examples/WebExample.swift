import Foundation

/// The web server of Docs/Examples, on a free port.
final class WebExample {
  let url: String
  private let process = Process()

  init(_ program: URL, _ database: String) throws {
    let output = Pipe()
    process.executableURL = program
    process.arguments = [database, "0"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
    // It says where it listens as soon as it does.
    url = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      .trimmingCharacters(in: .newlines)
  }

  func stop() {
    // A program that a test starts can have inherited a mask that blocks SIGTERM.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}

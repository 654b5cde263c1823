import Foundation

/// Runs a program to its end.
enum Subprocess {
  /// Answers what it wrote to standard output; its standard error is ours.
  ///
  /// - Throws: If it cannot be run or does not succeed.
  @discardableResult
  static func run(
    _ executable: URL, _ words: [String], environment: [String: String]? = nil
  ) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = executable
    process.arguments = words
    if let environment { process.environment = environment }
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw BenchmarkError(
        "\(executable.lastPathComponent) \(words.joined(separator: " ")) ended with \(process.terminationStatus)"
      )
    }
    return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Runs a program by the name that the shell knows it by.
  @discardableResult
  static func run(_ name: String, _ words: String...) throws -> String {
    try run(URL(fileURLWithPath: "/usr/bin/env"), [name] + words)
  }
}

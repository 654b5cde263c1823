import Foundation

/// What a command wrote, and how it ended.
struct CommandRun: Equatable {
  var output: Data
  var errors: Data
  var exitCode: Int32

  /// The command of this package, which is next to the running test.
  static let demo = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("mysql-demo")

  /// The official command.
  static let official = ["/usr/bin/mariadb", "/usr/local/bin/mariadb", "/usr/bin/mysql"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }.map { URL(fileURLWithPath: $0) }

  /// Returns a program, found as the shell would find it.
  static func program(_ name: String) -> URL? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
      .map { URL(fileURLWithPath: String($0)).appendingPathComponent(name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  var outputText: String { String(decoding: output, as: UTF8.self) }
  var errorText: String { String(decoding: errors, as: UTF8.self) }

  /// Runs a command to its end. It reads and writes files rather than pipes, so that nothing can block.
  ///
  /// - Parameter source: What it reads in place of the input.
  static func of(
    _ command: URL, _ arguments: [String], input: Data = Data(), from source: FileHandle? = nil,
    environment: [String: String] = [:]
  ) throws -> CommandRun {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("mysql-demo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["input", "output", "errors"].map { folder.appendingPathComponent($0) }
    try input.write(to: files[0])
    try Data().write(to: files[1])
    try Data().write(to: files[2])
    let process = Process()
    process.executableURL = command
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(["HOME": folder.path, "LC_ALL": "C.UTF-8"]) { $1 }.merging(environment) { $1 }
    let given: FileHandle = try source ?? FileHandle(forReadingFrom: files[0])
    process.standardInput = given
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return CommandRun(
      output: try Data(contentsOf: files[1]), errors: try Data(contentsOf: files[2]),
      exitCode: process.terminationStatus)
  }

  /// What this package's command says, and no more, if nothing of its output can be written.
  static let fullDisk = "mysql-demo: the output could not be written: No space left on device\n"

  /// Runs this package's command with a full disk for its output.
  static func onFullDisk(_ arguments: [String]) throws -> CommandRun {
    try inShell(demo, arguments, ">/dev/full")
  }

  /// Runs a command in the shell, with redirections after its arguments.
  static func inShell(_ command: URL, _ arguments: [String], _ redirections: String) throws -> CommandRun {
    let words = ([command.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
    return try of(URL(fileURLWithPath: "/bin/sh"), ["-c", words + " " + redirections])
  }
}

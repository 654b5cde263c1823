import Foundation
import Testing

/// The `openssl` command.
enum OpenSSLCommand {
  struct Failure: Error { let status: Int32 }

  static let isThere = (try? run("openssl version", in: FileManager.default.temporaryDirectory)) != nil

  /// Runs a script that ends at its first failure, and returns what it printed.
  @discardableResult
  static func run(_ script: String, in folder: URL) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-ec", script]
    process.currentDirectoryURL = folder
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Trait where Self == ConditionTrait {
  static var openSSL: Self { .enabled(if: OpenSSLCommand.isThere, "the openssl command is not installed") }
}

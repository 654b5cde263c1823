#if os(Linux)
  import Foundation

  /// Other programs. A test that waits for one does not hold up other tests.
  enum Program {
    struct Failure: Error, CustomStringConvertible {
      let description: String
    }

    /// Runs a program, found as the shell would find it, to its end.
    ///
    /// - Throws: `Failure` with the program's output if it cannot be run or does not succeed.
    static func run(_ words: String...) async throws { try await run(words) }

    static func run(_ words: [String]) async throws {
      let file = FileManager.default.temporaryDirectory.appending(path: "live-\(UUID().uuidString).log")
      try Data().write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      let log = try FileHandle(forWritingTo: file)
      defer { try? log.close() }
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = words
      process.standardInput = FileHandle.nullDevice
      // A file, not a pipe, because a server that was started keeps it open.
      process.standardOutput = log
      process.standardError = log
      let status: Int32 = try await withCheckedThrowingContinuation { continuation in
        process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
        do { try process.run() } catch { continuation.resume(throwing: error) }
      }
      guard status == 0 else {
        let output = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        throw Failure(description: "\(words.joined(separator: " ")) ended with \(status): \(output)")
      }
    }
  }
#endif

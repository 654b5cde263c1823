import Foundation
import MySQL
import Testing

extension DemoServer {
  /// Records an issue if the official command and ours write different bytes or end differently.
  func compare(
    _ options: [String], _ input: Data, _ label: String, resets: Bool = true,
    environment: [String: String] = [:]
  ) async throws {
    let official = try #require(CommandRun.official)
    let arguments = arguments + ["-Ddemo_difference"] + options
    if resets { try await reset() }
    let theirs = try CommandRun.of(official, arguments, input: input, environment: environment)
    if resets { try await reset() }
    let ours = try CommandRun.of(
      CommandRun.demo, self.arguments + ownArguments + arguments.dropFirst(self.arguments.count),
      input: input, environment: environment)
    guard ours.withoutTimes != theirs.withoutTimes else { return }
    Issue.record("\(label) \(options.map { $0.prefix(40) }): \(Difference(ours: ours, theirs: theirs))")
  }

  private func reset() async throws {
    try await run("DROP DATABASE IF EXISTS demo_difference", "CREATE DATABASE demo_difference")
  }
}

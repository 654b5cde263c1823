import Foundation
import Testing

/// The peak memory of a run of a command, and its processor time, which other programs hardly change.
struct CommandCost: CustomStringConvertible {
  var kibibytes: Int
  var seconds: Double

  static let most = CommandCost(kibibytes: .max, seconds: .infinity)
  /// What measures it.
  private static let time = "/usr/bin/time"
  static let isMeasurable = FileManager.default.fileExists(atPath: time)

  /// Runs a command with its standard output in a file.
  static func of(_ command: URL, _ arguments: [String], into file: String) throws -> CommandCost {
    let script = "exec \(time) -f '%M %U %S' \"$0\" \"$@\" > '\(file)'"
    let run = try CommandRun.of(
      URL(fileURLWithPath: "/bin/sh"), ["-c", script, command.path] + arguments)
    let numbers = run.errorText.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    try #require(run.exitCode == 0 && numbers.count == 3, "\(run.errorText)")
    return CommandCost(kibibytes: Int(numbers[0]), seconds: numbers[1] + numbers[2])
  }

  func least(_ other: CommandCost) -> CommandCost {
    CommandCost(kibibytes: min(kibibytes, other.kibibytes), seconds: min(seconds, other.seconds))
  }

  var description: String { "\(seconds) s and \(kibibytes) KiB" }
}

extension Trait where Self == ConditionTrait {
  /// For tests that measure commands.
  static var measuringCommands: Self {
    .enabled(if: CommandCost.isMeasurable, "needs /usr/bin/time (Debian: time)")
  }
}

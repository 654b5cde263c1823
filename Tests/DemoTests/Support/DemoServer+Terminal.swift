import Testing

extension DemoServer {
  /// Starts a session at a terminal, by default without a history.
  func openTerminal(
    _ options: [String] = [], environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      CommandRun.demo, arguments + ownArguments + options,
      environment: ["HOME": "/nonexistent"].merging(environment) { $1 })
  }

  /// Starts a session at a terminal, and waits for its first prompt.
  func openSession(
    _ options: [String] = [], environment: [String: String] = [:], prompt: String = "[(none)]> "
  ) throws -> PseudoTerminal {
    let terminal = try openTerminal(options, environment: environment)
    _ = try #require(terminal.read(until: prompt))
    return terminal
  }
}

extension Trait where Self == ConditionTrait {
  /// For tests of what happens at a terminal.
  static var atTerminal: Self {
    .enabled(if: PseudoTerminal.isAvailable, "setsid is not installed (util-linux)")
  }
}

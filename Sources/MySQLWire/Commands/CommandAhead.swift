/// A command that prepares the session for another and is sent ahead of it. The server replies with an OK.
package struct CommandAhead: Sendable {
  package var command: Command
  /// Whether a session in which it failed must not be used. The failure of a command that is not required is ignored.
  package var isRequired: Bool

  package init(_ command: Command, isRequired: Bool = true) {
    self.command = command
    self.isRequired = isRequired
  }
}

/// A command that prepares the session for another and is sent ahead of it. The server replies with an OK.
package struct CommandAhead: Sendable {
  package var command: Command
  /// Whether a session in which it failed must not be used. The failure of a command that is not required is ignored.
  package var isRequired: Bool

  /// Whether the next command must wait until this one has succeeded, because it would do something else otherwise.
  package var mustComeFirst: Bool

  package init(_ command: Command, isRequired: Bool = true, mustComeFirst: Bool = false) {
    self.command = command
    self.isRequired = isRequired
    self.mustComeFirst = mustComeFirst
  }
}

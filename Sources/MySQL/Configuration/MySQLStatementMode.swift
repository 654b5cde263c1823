/// How statements with values travel.
public enum MySQLStatementMode: Sendable, Hashable {
  /// They are prepared once, and executed with their values apart from the text.
  case prepared
  /// They are sent as one text, with each value as a literal: for proxies and servers that cannot prepare, or hand each
  /// statement to another connection. A text in which a placeholder's place is not certain, for a backslash in quotes or
  /// a comment with `!`, is refused.
  case text
}

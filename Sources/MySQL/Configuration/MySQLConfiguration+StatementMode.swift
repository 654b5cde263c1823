extension MySQLConfiguration {
  /// How statements with values are sent.
  public enum StatementMode: Sendable, Hashable {
    /// They are prepared once, and executed with their values separate from the text.
    case prepared
    /// They are sent as one text, with each value as a literal: for proxies and servers that cannot prepare, or
    /// that pass each statement to a different connection. A text is refused if a backslash in quotes, or a
    /// comment with `!`, makes the place of a placeholder uncertain.
    case text
  }
}

/// Column definitions that are arriving, and what they are for.
struct DefinitionList {
  /// How many are still to come. The number drives no allocation.
  var missing: Int
  var purpose: Purpose
  /// How much memory those that have arrived take, a statement's parameters included.
  var size = 0
  /// Whether a result's columns are those expected: the server said so, or sent the same definitions.
  var areAsExpected = false
  /// Whether an EOF packet came before them that should not exist under CLIENT_DEPRECATE_EOF.
  var followsStrayEOF = false

  /// Whether these are a statement's columns, which follow its parameters.
  var areOfStatement: Bool {
    if case .columns = purpose { true } else { false }
  }

  enum Purpose {
    /// A result's columns, and those that they may be once more.
    case result(Format, expected: ResultColumns?)
    /// The parameters of a statement; its columns, so many, come next.
    case parameters(of: PreparedStatement, columns: Int)
    case columns(of: PreparedStatement)
  }
}

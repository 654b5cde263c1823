/// Column definitions that are arriving, and what they are for.
struct DefinitionList {
  /// The number of definitions still to come. It never drives an allocation.
  var missing: Int
  var purpose: Purpose
  /// The memory that the definitions received so far take, including a statement's parameters.
  var size = 0
  /// Whether a result has the expected columns: the server said so, or sent the same definitions.
  var areAsExpected = false
  /// Whether an EOF packet came before them, which should not exist under CLIENT_DEPRECATE_EOF.
  var followsStrayEOF = false

  /// Whether these are a statement's columns, which follow its parameters.
  var areOfStatement: Bool {
    if case .columns = purpose { true } else { false }
  }

  enum Purpose {
    /// The columns of a result, which may be the expected ones again.
    case result(Format, expected: ResultColumns?)
    /// The parameters of a statement. Its columns come next, `columns` in number.
    case parameters(of: PreparedStatement, columns: Int)
    case columns(of: PreparedStatement)
  }
}

/// Column definitions that are arriving, and what they are for.
struct DefinitionList {
  /// How many are still to come. The number drives no allocation.
  var missing: Int
  var purpose: Purpose

  enum Purpose {
    /// A result's columns, unless the server left the definitions out because they are known.
    case result(Format, known: ResultColumns?)
    /// The parameters of a statement; its columns, so many, come next.
    case parameters(of: PreparedStatement, columns: Int)
    case columns(of: PreparedStatement)
  }
}

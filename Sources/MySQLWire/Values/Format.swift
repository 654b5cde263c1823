/// The protocol by which a row was sent.
package enum Format: Hashable, Sendable {
  /// COM_QUERY.
  case text
  /// COM_STMT_EXECUTE and COM_STMT_FETCH.
  case binary
}

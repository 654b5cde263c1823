/// The server's state, reported in every OK and EOF packet.
package struct StatusFlags: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// SERVER_STATUS_IN_TRANS
  package static let inTransaction = Self(rawValue: 1 << 0)
  /// SERVER_STATUS_AUTOCOMMIT
  package static let autocommit = Self(rawValue: 1 << 1)
  /// SERVER_MORE_RESULTS_EXISTS: another result follows this one.
  package static let moreResults = Self(rawValue: 1 << 3)
  /// SERVER_QUERY_NO_GOOD_INDEX_USED
  package static let noGoodIndexUsed = Self(rawValue: 1 << 4)
  /// SERVER_QUERY_NO_INDEX_USED
  package static let noIndexUsed = Self(rawValue: 1 << 5)
  /// SERVER_STATUS_CURSOR_EXISTS: the rows stay on the server and are fetched with COM_STMT_FETCH.
  package static let cursorExists = Self(rawValue: 1 << 6)
  /// SERVER_STATUS_LAST_ROW_SENT: the cursor is exhausted.
  package static let lastRowSent = Self(rawValue: 1 << 7)
  /// SERVER_STATUS_DB_DROPPED
  package static let databaseDropped = Self(rawValue: 1 << 8)
  /// SERVER_STATUS_NO_BACKSLASH_ESCAPES: a backslash in a string literal is a character like any other.
  package static let noBackslashEscapes = Self(rawValue: 1 << 9)
  /// SERVER_STATUS_METADATA_CHANGED: a prepared statement was prepared again with other columns.
  package static let metadataChanged = Self(rawValue: 1 << 10)
  /// SERVER_QUERY_WAS_SLOW
  package static let querySlow = Self(rawValue: 1 << 11)
  /// SERVER_PS_OUT_PARAMS: this result carries the OUT parameters of a CALL.
  package static let outParameters = Self(rawValue: 1 << 12)
  /// SERVER_STATUS_IN_TRANS_READONLY
  package static let inReadOnlyTransaction = Self(rawValue: 1 << 13)
  /// SERVER_SESSION_STATE_CHANGED: the OK packet lists what changed in the session.
  package static let sessionStateChanged = Self(rawValue: 1 << 14)
  /// SERVER_STATUS_ANSI_QUOTES (MariaDB): double quotes enclose names.
  package static let ansiQuotes = Self(rawValue: 1 << 15)
}

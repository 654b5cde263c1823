import MySQLWire

/// The status of the session in OK packets and at the ends of results.
public struct ServerStatus: OptionSet, Sendable, Hashable {
  /// The bits as they are sent.
  public let rawValue: UInt16
  /// Makes a status from any bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// SERVER_STATUS_IN_TRANS
  public static let inTransaction = Self(rawValue: 1 << 0)
  /// SERVER_STATUS_AUTOCOMMIT
  public static let autocommit = Self(rawValue: 1 << 1)
  /// SERVER_MORE_RESULTS_EXISTS: another result of the same command follows.
  public static let moreResults = Self(rawValue: 1 << 3)
  /// SERVER_STATUS_CURSOR_EXISTS: the rows are to be fetched.
  public static let cursorExists = Self(rawValue: 1 << 6)
  /// SERVER_STATUS_LAST_ROW_SENT: the cursor is exhausted.
  public static let lastRowSent = Self(rawValue: 1 << 7)

  var flags: StatusFlags { StatusFlags(rawValue: rawValue) }
}

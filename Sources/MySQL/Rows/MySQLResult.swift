import MySQLWire

/// The result of a statement that returns no rows.
public struct MySQLResult: Sendable, Hashable {
  // Programs read little of a result.
  private let ok: OKPacket

  init(_ ok: OKPacket) { self.ok = ok }

  /// How many rows were changed, inserted or deleted.
  public var affectedRows: UInt64 { ok.affectedRows }
  /// The AUTO_INCREMENT value of the first row that was inserted; 0 if there was none.
  public var lastInsertID: UInt64 { ok.lastInsertID }
  /// How many warnings `SHOW WARNINGS` would list.
  public var warningCount: Int { Int(ok.warnings) }
  /// What the server adds as text, such as `Rows matched: 1  Changed: 1  Warnings: 0`.
  public var info: String { ok.info }
  /// What changed in the session, as far as the server was told to track it.
  public var sessionChanges: [SessionChange] {
    ok.changes.compactMap { SessionChange($0) }
  }
  /// Whether the rows before this result are the OUT and INOUT parameters of a CALL.
  public var hasOutParameters: Bool { ok.status.contains(.outParameters) }

  /// The transactions' global ids, if the server tracks them (`session_track_gtids`).
  public var gtids: String? {
    for case .gtids(let gtids) in ok.changes { return gtids }
    return nil
  }

  /// Whether the numbers, texts and changes are equal.
  public static func == (left: MySQLResult, right: MySQLResult) -> Bool {
    left.affectedRows == right.affectedRows && left.lastInsertID == right.lastInsertID
      && left.warningCount == right.warningCount && left.info == right.info
      && left.hasOutParameters == right.hasOutParameters && left.sessionChanges == right.sessionChanges
  }

  /// Hashes what `==` compares, except the changes.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(affectedRows)
    hasher.combine(lastInsertID)
    hasher.combine(warningCount)
    hasher.combine(info)
    hasher.combine(hasOutParameters)
  }
}

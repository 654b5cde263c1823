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
  public var sessionChanges: [MySQLSessionChange] { ok.changes.compactMap { MySQLSessionChange($0) } }
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

/// Something that a statement changed in the session.
public enum MySQLSessionChange: Sendable, Hashable {
  /// A system variable that `session_track_system_variables` names has a new value.
  case variable(name: String, value: String)
  /// Another database is in use.
  case database(String)
  /// The session's state now differs from that of a new session, or no longer does
  /// (`session_track_state_change`).
  case state(changed: Bool)
  /// The ids of the transactions that were committed.
  case gtids(String)
  /// The statements that would start the current transaction again.
  case transactionCharacteristics(String)
  /// The state of the transaction in eight letters.
  case transactionState(String)

  init?(_ change: SessionChange) {
    switch change {
    case .variable(let name, let value): self = .variable(name: name, value: value)
    case .schema(let name): self = .database(name)
    case .state(let changed): self = .state(changed: changed)
    case .gtids(let gtids): self = .gtids(gtids)
    case .transactionCharacteristics(let text): self = .transactionCharacteristics(text)
    case .transactionState(let text): self = .transactionState(text)
    case .unknown: return nil
    }
  }
}

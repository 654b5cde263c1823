import MySQLWire

extension MySQLResult {
  /// Something that a statement changed in the session.
  public enum SessionChange: Sendable, Hashable {
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

    init?(_ change: MySQLWire.SessionChange) {
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
}

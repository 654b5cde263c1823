import MySQLWire
import Synchronization

/// What a client has written, as its servers report it with their responses.
final class PositionRecord: Sendable {
  private let state = Mutex(MySQLPosition())

  var position: MySQLPosition { state.withLock { $0 } }

  /// Notes what a response says. Any other text is ignored.
  func note(_ changes: [SessionChange]) {
    for change in changes {
      guard let text = change.gtids, let position = MySQLPosition(text), !position.isEmpty else { continue }
      state.withLock { $0.formUnion(position) }
    }
  }
}

extension SessionChange {
  /// The GTIDs of a write.
  fileprivate var gtids: String? {
    switch self {
    case .gtids(let text): text
    // MariaDB
    case .variable("last_gtid", let text): text
    default: nil
    }
  }
}

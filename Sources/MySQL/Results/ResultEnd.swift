import Synchronization

/// The end of one result among several.
final class ResultEnd: Sendable {
  private let state = Mutex<(isReached: Bool, result: MySQLResult?)>((false, nil))

  var isReached: Bool { state.withLock { $0.isReached } }
  var result: MySQLResult? { state.withLock { $0.result } }
  func reach(_ result: MySQLResult?) { state.withLock { $0 = (true, result) } }
}

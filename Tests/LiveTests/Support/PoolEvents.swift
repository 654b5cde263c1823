import MySQL

/// Counts what happens in a pool.
final class PoolEvents: MySQLObserver {
  private let counts = Locked<(opened: Int, closed: Int)>((0, 0))

  var opened: Int { counts.withLock { $0.opened } }
  var closed: Int { counts.withLock { $0.closed } }

  func pool(_ event: MySQLPoolEvent) {
    counts.withLock { counts in
      if event == .opened { counts.opened += 1 }
      if event == .closed { counts.closed += 1 }
    }
  }
}

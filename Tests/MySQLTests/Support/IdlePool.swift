import MySQLTesting

@testable import MySQL

let oneSecond: Nanoseconds = 1_000_000_000

/// Returns a pool that has no connection yet.
func idlePool(
  maximum: Int = 2, minimum: Int = 0, idleTime: Nanoseconds? = nil, lifetime: Nanoseconds? = nil
) -> PoolState<String> {
  var limits = PoolLimits()
  (limits.maximum, limits.minimum) = (maximum, minimum)
  (limits.idleTime, limits.lifetime) = (idleTime, lifetime)
  return PoolState(limits, random: SeededGenerator(seed: 1))
}

extension PoolState<String> {
  /// Opens connections, each of which is leased to "a".
  mutating func lend(_ ids: ClosedRange<Int>) {
    for id in ids {
      _ = wait(id, for: "a", at: 0)
      _ = opened(id, at: 0)
    }
  }
}

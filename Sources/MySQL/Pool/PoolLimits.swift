/// How many connections a pool has, and for how long.
struct PoolLimits: Sendable, Equatable {
  var maximum = 10
  var minimum = 0
  /// How long a connection may be idle; nil for ever.
  var idleTime: Nanoseconds?
  /// How old a connection may be; nil for any age.
  var lifetime: Nanoseconds?
  /// How long a caller waits for a connection.
  var acquireTime: Nanoseconds = 10_000_000_000
  /// How many connections are opened at a time.
  var dials = 4

  /// How often idle connections are checked. None outlives its limit by more than a tenth of it, or a second.
  var sweepInterval: Nanoseconds? {
    let shortest = min(idleTime ?? .max, lifetime ?? .max)
    return shortest == .max ? nil : min(max(shortest / 10, 10_000_000), 1_000_000_000)
  }
}

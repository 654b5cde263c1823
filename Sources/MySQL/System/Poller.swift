/// Waits until sockets are ready. Used by the event loop's thread alone.
protocol Poller {
  /// Watches a descriptor, or changes what it is watched for.
  mutating func watch(_ descriptor: Int32, for interest: Readiness)
  mutating func forget(_ descriptor: Int32)
  /// Waits at most `milliseconds`, or without a limit if that is negative, and appends what is ready.
  mutating func wait(milliseconds: Int32, into ready: inout [ReadyDescriptor])
}

/// What a socket can be ready for, and what is waited for.
struct Readiness: OptionSet, Sendable {
  let rawValue: UInt8
  static let read = Self(rawValue: 1)
  static let write = Self(rawValue: 2)
}

struct ReadyDescriptor {
  var descriptor: Int32
  var readiness: Readiness
}

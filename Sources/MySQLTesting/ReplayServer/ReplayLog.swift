import Synchronization

/// What happened on the connections of a `ReplayServer`.
final class ReplayLog: Sendable {
  let statements = Mutex<[String]>([])
  let mismatches = Mutex<[ReplayServer.Mismatch]>([])
}

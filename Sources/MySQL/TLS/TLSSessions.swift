import Synchronization

/// The latest session of each server, in OpenSSL's own encoding, for the next connection to resume. Sessions hold
/// secrets, and stay in memory. The one that was stored longest ago is evicted first.
final class TLSSessions: Sendable {
  private let state = Mutex<[(server: String, session: [UInt8])]>([])

  /// Enough for a cluster; a session takes about 2 KiB.
  private static var limit: Int { 64 }

  subscript(server: String) -> [UInt8]? {
    get { state.withLock { $0.first { $0.server == server }?.session } }
    set {
      state.withLock { sessions in
        sessions.removeAll { $0.server == server }
        guard let newValue else { return }
        if sessions.count == Self.limit { sessions.removeFirst() }
        sessions.append((server, newValue))
      }
    }
  }
}

import Synchronization

extension Servers {
  private var pools: [Pool] { state.withLock { Array($0.pools.values) + $0.leaving.values } }

  func fill() {
    state.withLock { $0.isFilling = true }
    askDue()
    for pool in pools { pool.fill() }
  }

  /// Ends the pools, and fails the calls that wait for a server.
  func shutDown(within time: Duration) async {
    let pools = end()
    await withTaskGroup { group in
      for pool in pools { group.addTask { await pool.shutDown(within: time) } }
    }
  }

  func abandon() {
    for pool in end() { pool.abandon() }
  }

  private func end() -> [Pool] {
    let mourners = state.withLock { state in
      state.isShutDown = true
      defer { state.mourners = [] }
      return state.mourners
    }
    // Wakes the calls that wait.
    change { _ in [] }
    for mourner in mourners { mourner.resume() }
    return pools
  }

  func ended() async {
    await withUnsafeContinuation { (mourner: UnsafeContinuation<Void, Never>) in
      let isShutDown = state.withLock { state in
        if !state.isShutDown { state.mourners.append(mourner) }
        return state.isShutDown
      }
      if isShutDown { mourner.resume() }
    }
    for pool in pools { await pool.ended() }
  }
}

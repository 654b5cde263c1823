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
    // Wakes the calls that wait.
    change { state in
      state.isShutDown = true
      return []
    }
    shutdown.open()
    return pools
  }

  func ended() async {
    await shutdown.wait()
    for pool in pools { await pool.ended() }
  }
}

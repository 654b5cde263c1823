import Foundation

/// Waits for what another thread is about to do.
func waitUntil(_ condition: () -> Bool) {
  for _ in 0..<5000 where !condition() { usleep(1000) }
}

import Foundation
import Synchronization

/// An executor whose own thread can be kept busy. It shows what happens to a task that does not get a thread,
/// without taking one from other tests.
final class StallingExecutor: TaskExecutor {
  private let queue = Mutex<[UnownedJob]>([])
  private let semaphore = DispatchSemaphore(value: 0)
  private let pause = Mutex(0.0)

  init() {
    let thread = Thread { [weak self, semaphore] in
      while true {
        semaphore.wait()
        guard let self else { return }
        let seconds = pause.withLock { pause in
          defer { pause = 0 }
          return pause
        }
        if seconds > 0 { Thread.sleep(forTimeInterval: seconds) }
        if let job = queue.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
          job.runSynchronously(on: asUnownedTaskExecutor())
        }
      }
    }
    thread.start()
  }

  deinit { semaphore.signal() }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.withLock { $0.append(job) }
    semaphore.signal()
  }

  /// Delays the next step of a task by at least this time.
  func stall(for duration: Duration) {
    let (seconds, attoseconds) = duration.components
    pause.withLock { $0 = Double(seconds) + Double(attoseconds) / 1e18 }
  }
}

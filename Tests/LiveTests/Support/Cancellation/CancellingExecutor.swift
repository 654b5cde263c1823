import Foundation

/// Runs the jobs of one task, and cancels it at one of them. A task has one job for each time that it resumes.
final class CancellingExecutor: TaskExecutor {
  enum Moment {
    /// After the job has ended: the task waits for something.
    case waiting
    /// Before the job begins: what the task waited for is available.
    case goingOn
  }

  let point: Int
  let moment: Moment
  private let queue = DispatchQueue(label: "jobs")
  private let state = Locked((jobs: 0, cancel: nil as (@Sendable () -> Void)?))

  init(at point: Int, _ moment: Moment) {
    self.point = point
    self.moment = moment
  }

  var jobs: Int { state.withLock { $0.jobs } }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { [self] in
      let (number, cancel) = state.withLock { state in
        state.jobs += 1
        return (state.jobs, state.cancel)
      }
      if number == point, moment == .goingOn { cancel?() }
      job.runSynchronously(on: asUnownedTaskExecutor())
      if number == point, moment == .waiting { cancel?() }
    }
  }

  /// Runs a closure in a task to its end.
  func run(_ body: sending @escaping () async throws -> Void) async -> Result<Void, any Error> {
    queue.suspend()
    let task = Task(executorPreference: self) { try await body() }
    state.withLock { $0.cancel = { task.cancel() } }
    queue.resume()
    let result = await task.result
    state.withLock { $0.cancel = nil }
    return result
  }
}

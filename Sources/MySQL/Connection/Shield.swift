/// Work that continues for a limited time after its task was cancelled.
enum Shield {
  /// How long work continues after its task was cancelled.
  static var time: Nanoseconds { 5_000_000_000 }

  /// Runs a closure in a separate task, and waits for it. That task is cancelled `time` after the caller's task was.
  static func run<R: Sendable>(
    _ body: @escaping @Sendable () async throws(MySQLError) -> R
  ) async throws(MySQLError) -> R {
    let task = Task { () async -> Result<R, MySQLError> in
      do throws(MySQLError) { return .success(try await body()) } catch { return .failure(error) }
    }
    let result = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      EventLoop.shared.call(by: .after(time)) { task.cancel() }
    }
    return try result.get()
  }
}

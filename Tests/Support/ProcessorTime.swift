#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Returns the processor time that this thread has used.
func processorTime() -> Duration { time(by: CLOCK_THREAD_CPUTIME_ID) }

/// Returns the processor time that all threads of this process have used.
func processTime() -> Duration { time(by: CLOCK_PROCESS_CPUTIME_ID) }

private func time(by clock: clockid_t) -> Duration {
  var time = timespec()
  clock_gettime(clock, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

/// Returns the processor time that a closure uses, which other threads do not increase.
func processorTime(of body: () throws -> Void) rethrows -> Duration {
  let start = processorTime()
  try body()
  return processorTime() - start
}

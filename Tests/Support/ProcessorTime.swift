#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Returns the processor time that this thread has used.
func processorTime() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

/// Returns the processor time that a closure uses, which other threads do not increase.
func processorTime(of body: () throws -> Void) rethrows -> Duration {
  let start = processorTime()
  try body()
  return processorTime() - start
}

import Foundation
import Synchronization

/// An interrupt that wakes all threads of one server for good, whatever they wait for.
final class Interrupt: Sendable {
  /// Readable once the interrupt is raised. Never read, so that every thread sees it.
  let descriptor: Int32
  private let writing: Int32
  private let raised = Atomic(false)
  private let isClosed = Mutex(false)

  init() throws(TestServerError) {
    guard let ends = Platform.pipe() else { throw .lastCall("pipe") }
    (descriptor, writing) = ends
  }

  deinit { close() }

  var isRaised: Bool { raised.load(ordering: .acquiring) }

  func raise() {
    guard !raised.exchange(true, ordering: .acquiringAndReleasing) else { return }
    var byte: UInt8 = 0
    _ = write(writing, &byte, 1)
  }

  /// Raises it and closes the descriptors. No thread may wait on it afterwards.
  func close() {
    raise()
    isClosed.withLock { isClosed in
      guard !isClosed else { return }
      isClosed = true
      for end in [descriptor, writing] { Foundation.close(end) }
    }
  }

  /// Waits for the descriptor, if one is given, and for the interrupt, which throws `.stopped`. Returns the events that
  /// poll reports for the descriptor; 0 once the deadline has passed.
  func wait(
    _ other: Int32 = -1, for events: Int16 = 0, until deadline: ContinuousClock.Instant?
  ) throws(TestServerError) -> Int16 {
    while true {
      guard !isRaised else { throw .stopped }
      var waiting = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: other, events: events, revents: 0),
      ]
      let result = poll(&waiting, 2, deadline?.pollTimeout ?? -1)
      guard waiting[0].revents == 0 else { throw .stopped }
      if result > 0 { return waiting[1].revents }
      if result < 0, errno != EINTR { throw .lastCall("poll") }
      if let deadline, deadline <= .now { return 0 }
    }
  }

  /// Waits for the duration, to the millisecond.
  func sleep(for duration: Duration) throws(TestServerError) {
    _ = try wait(until: .now + duration)
  }
}

extension ContinuousClock.Instant {
  fileprivate var pollTimeout: Int32 {
    let (seconds, attoseconds) = (self - .now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    // Rounded up: waking too early would mean waking again.
    return Int32(
      clamping: min(seconds, 1 << 20) * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}

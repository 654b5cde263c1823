import Foundation
import MySQLWire
import Synchronization

extension Channel {
  /// Reads on the caller's thread for a moment, and answers the next event if it comes in that time.
  func readBriefly() throws(MySQLError) -> Event? {
    guard link.withLock({ !bringsMuch($0) && $0.briefWait.shouldTry() }) else { return nil }
    let deadline = Deadline.after(BriefWait.duration)
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)
    defer { scratch.deallocate() }
    repeat {
      link.withLock { link in read(&link, scratch) }?.resume()
      if let event = try take() {
        // Late, if somebody else had the processor meanwhile: who sleeps gets it sooner than who waits so.
        let isInTime = !deadline.hasPassed
        link.withLock { link in
          if isInTime { link.briefWait.succeeded() } else { link.briefWait.failed() }
          if link.briefWait.isConfident, !link.isReadByConsumer { takeReading(&link) }
        }
        return event
      }
      // Where there is one processor, the server needs it to answer.
      sched_yield()
    } while !deadline.hasPassed
    link.withLock { $0.briefWait.failed() }
    return nil
  }

  /// The consumer reads from now on. An idle connection is given back to the loop within two periods.
  private func takeReading(_ link: inout Link) {
    link.isReadByConsumer = true
    setInterest(&link, reads: false)
    giveBackReading(ifIdleSince: link.briefWait.streak)
  }

  private func giveBackReading(ifIdleSince streak: Int) {
    loop.call(by: .after(.milliseconds(10))) { [weak self] in
      guard let self else { return }
      let latest = link.withLock { link in
        if link.briefWait.streak == streak { giveBackReading(&link) }
        return link.isReadByConsumer ? link.briefWait.streak : nil
      }
      if let latest { giveBackReading(ifIdleSince: latest) }
    }
  }

  /// The loop reads from now on.
  func giveBackReading(_ link: inout Link) {
    guard link.isReadByConsumer else { return }
    link.isReadByConsumer = false
    if !link.isDead, !mailbox.withLock({ $0.isPaused }) { setInterest(&link, reads: true) }
  }
}

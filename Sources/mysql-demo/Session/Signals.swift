import Dispatch
import Foundation

/// Takes signals on a thread of its own, where anything may be done.
enum Signals {
  /// Calls the closure whenever the signal comes, for as long as the source is held. The signal itself does
  /// nothing any more.
  static func take(_ number: Int32, _ handle: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler(handler: handle)
    // The source begins on another thread, and a signal that came before that would be lost.
    let isReady = DispatchSemaphore(value: 0)
    source.setRegistrationHandler { isReady.signal() }
    // The source hears of what is ignored as well; by default the process would end before.
    signal(number, SIG_IGN)
    source.resume()
    isReady.wait()
    return source
  }
}

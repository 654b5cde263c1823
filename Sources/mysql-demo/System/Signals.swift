import Dispatch
import Foundation

/// The handling of signals on a separate thread, where any code may run.
enum Signals {
  /// Calls the closure whenever the signal comes, for as long as the source is held. The signal itself no longer has
  /// any effect.
  static func take(_ number: Int32, _ handle: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler(handler: handle)
    // The source begins on another thread, and a signal that comes before that would be lost.
    let isReady = DispatchSemaphore(value: 0)
    source.setRegistrationHandler { isReady.signal() }
    // The source reports ignored signals as well. With the default action, the process would end first.
    signal(number, SIG_IGN)
    source.resume()
    isReady.wait()
    return source
  }
}

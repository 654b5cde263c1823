import Dispatch
import Foundation
import Synchronization

/// The terminal of this process. Only this code changes the terminal's modes. Before a signal ends or stops the
/// process, the terminal gets its own modes back.
enum Terminal {
  /// The number of cells in a line; nil if standard output is not a terminal.
  static var width: Int? { width(of: STDOUT_FILENO) }

  static func width(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  static var isInteractive: Bool { isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0 }

  enum Mode {
    /// Every key as it is pressed, Ctrl-C included.
    case keys
    /// The same, but Ctrl-C is a signal. What is typed meanwhile is kept unchanged for `keys`: in the terminal's own
    /// mode, Ctrl-D would become a byte without meaning.
    case running
    /// Lines that are not shown.
    case hidden
  }

  private static let state = Mutex(State())

  private struct State {
    var descriptor: Int32 = -1
    /// The terminal's own modes; nil while they are in effect.
    var own: termios?
    var mode: Mode?
    var sources: [any DispatchSourceSignal] = []
  }

  /// Sets a mode. Does nothing if the descriptor is not a terminal's.
  static func enter(_ mode: Mode, of descriptor: Int32 = STDIN_FILENO) {
    state.withLock { state in
      if state.own == nil {
        var own = termios()
        guard tcgetattr(descriptor, &own) == 0 else { return }
        state.own = own
        state.descriptor = descriptor
      }
      if state.sources.isEmpty { state.sources = makeSources() }
      state.mode = mode
      apply(state)
    }
  }

  /// Restores the terminal's own modes.
  static func leave() {
    state.withLock { state in
      guard var own = state.own else { return }
      tcsetattr(state.descriptor, TCSADRAIN, &own)
      state.own = nil
      state.mode = nil
    }
  }

  private static func apply(_ state: State) {
    guard var modes = state.own, let mode = state.mode else { return }
    switch mode {
    case .keys:
      modes.c_iflag &= ~tcflag_t(ICRNL | IXON | INLCR)
      modes.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG | IEXTEN)
    case .running:
      modes.c_iflag &= ~tcflag_t(ICRNL | IXON | INLCR)
      modes.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN)
    case .hidden: modes.c_lflag &= ~tcflag_t(ECHO)
    }
    tcsetattr(state.descriptor, mode == .hidden ? TCSAFLUSH : TCSADRAIN, &modes)
  }

  private static let endings = [SIGTERM, SIGHUP, SIGQUIT]

  private static func makeSources() -> [any DispatchSourceSignal] {
    var sources = endings.map { number in Signals.take(number) { end(by: number) } }
    sources.append(Signals.take(SIGTSTP, stop))
    sources.append(Signals.take(SIGCONT) { state.withLock { apply($0) } })
    return sources
  }

  /// Ends the process by a signal, as if the signal had not been handled.
  static func end(by number: Int32) {
    leave()
    signal(number, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    kill(getpid(), number)
    usleep(100_000)
    _exit(128 + number)
  }

  /// Stops the process, as Ctrl-Z does. When the process continues, it sets its mode again.
  private static func stop() {
    state.withLock { state in
      if var own = state.own { tcsetattr(state.descriptor, TCSADRAIN, &own) }
    }
    kill(getpid(), SIGSTOP)
  }
}

import Foundation

/// The terminal that this process reads from and writes to.
enum Terminal {
  /// How many cells a line has; nil if it is no terminal.
  static var width: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  static var isInteractive: Bool { isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0 }

  /// Reads with every key as it is pressed, Ctrl-C included. Outside of this, Ctrl-C is a signal.
  static func withRawMode<R>(_ body: () -> R) -> R {
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return body() }
    var raw = before
    raw.c_iflag &= ~tcflag_t(ICRNL | IXON | INLCR)
    raw.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG | IEXTEN)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
    defer { tcsetattr(STDIN_FILENO, TCSADRAIN, &before) }
    return body()
  }
}

import Foundation

/// The terminal that this process writes to.
enum Terminal {
  /// How many cells a line has; nil if it is no terminal.
  static var width: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

import Foundation

/// The standard error of this process.
enum StandardError {
  /// Prints a line.
  static func print(_ text: String) {
    let errors = OutputBuffer(STDERR_FILENO)
    errors.write(text: text + "\n")
    errors.flush()
  }
}

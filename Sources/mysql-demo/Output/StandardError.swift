import Foundation

/// The standard error of this process.
enum StandardError {
  /// The name of this command in its messages.
  static let program = "mysql-demo"

  /// Prints a line.
  static func print(_ text: String) {
    let errors = OutputBuffer(STDERR_FILENO)
    errors.write(text: text + "\n")
    errors.flush()
  }
}

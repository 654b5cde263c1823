import MySQL

/// Why a dump or a restore ends early.
enum DumpFailure: Error {
  /// An error of the server or of the connection, and what was being read.
  case server(MySQLError, String)
  /// Any other reason.
  case reason(String)
  /// Ctrl-C, or an output that nobody reads any more. There is nothing more to say.
  case stopped

  /// The text that is printed; nil if there is none.
  var text: String? {
    switch self {
    case .server(let error, let subject): "\(subject): \(Failure(error).text)"
    case .reason(let text): text
    case .stopped: nil
    }
  }

  /// Prints the text, and returns the exit code.
  func report() -> Int32 {
    if let text { StandardError.print("\(ArgumentError.program): \(text)") }
    return 1
  }
}

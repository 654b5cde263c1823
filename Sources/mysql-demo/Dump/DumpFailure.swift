import MySQL

/// Why a dump or a restore ends before its end.
enum DumpFailure: Error {
  /// What the server, or the way to it, refuses, and what for.
  case server(MySQLError, String)
  case said(String)
  /// Ctrl-C, or output that nobody takes. There is nothing more to say.
  case stopped

  /// The text that is printed; nil if there is none.
  var text: String? {
    switch self {
    case .server(let error, let subject): "\(subject): \(Failure(error).text)"
    case .said(let text): text
    case .stopped: nil
    }
  }

  /// Prints it, and returns the exit code.
  func report() -> Int32 {
    if let text { StandardError.print("\(ArgumentError.program): \(text)") }
    return 1
  }
}

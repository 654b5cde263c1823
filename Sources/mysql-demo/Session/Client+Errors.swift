import Foundation

extension Client {
  /// Prints an error, with the statement that caused it.
  func report(_ failure: Failure, statement: [UInt8]? = nil) -> Outcome {
    if let statement, arguments.printsFailedQuery, arguments.verbosity == 0, !isTerminal {
      // Only here does the official client flush before it writes an error.
      output.flush()
      writeError(Self.framed(statement))
    }
    write(error: failure)
    return isForced ? .goesOn : .ends
  }

  /// Reports that there is no connection. That ends the run even with `-f`, since a session that is not at a terminal
  /// does not reconnect.
  func reportNoConnection() -> Outcome {
    _ = report(Failure("Can't connect to the server\n"))
    return .ends
  }

  func write(error: Failure) {
    var text = "ERROR"
    if let code = error.code { text += " \(code)" + (error.state.map { " (\($0))" } ?? "") }
    if place.line > 0 {
      text += " at line \(place.line)" + (place.file.map { " in file: '\($0)'" } ?? "")
    }
    writeError(Array(text.utf8) + Array(": ".utf8) + error.message + [UInt8(ascii: "\n")])
  }

  func writeError(_ bytes: [UInt8]) {
    let errors = OutputBuffer(STDERR_FILENO)
    if let tee {
      output.flush()
      errors.copy = tee.descriptor
    }
    errors.write(bytes)
    errors.flush()
  }
}

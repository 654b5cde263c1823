@testable import MySQLWire

let formats: [Format] = [.text, .binary]

/// Returns the text of the error that a closure throws.
func message(_ body: () throws -> some Any) -> String {
  do {
    return "no error but \(try body())"
  } catch {
    return "\(error)"
  }
}

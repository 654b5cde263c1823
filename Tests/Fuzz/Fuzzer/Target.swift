import MySQLWire

/// What is fuzzed. The names are those of the command line and of the folders of `Regressions`.
enum Target: String, CaseIterable {
  case greeting
  case authentication
  case okError = "ok-error"
  case columnDefinition = "column-definition"
  case textRow = "text-row"
  case binaryRow = "binary-row"
  case framing
  case joining
  case session
  case values
  case commands
  case capture
  case url

  func run(_ input: Input) {
    var input = input
    switch self {
    case .greeting: fuzzGreeting(&input)
    case .authentication: fuzzAuthentication(&input)
    case .okError: fuzzOKError(&input)
    case .columnDefinition: fuzzColumnDefinition(&input)
    case .textRow: fuzzRow(&input, format: .text)
    case .binaryRow: fuzzRow(&input, format: .binary)
    case .framing: fuzzFraming(&input)
    case .joining: fuzzJoining(&input)
    case .session: fuzzSession(&input)
    case .values: fuzzValues(&input)
    case .commands: fuzzCommands(&input)
    case .capture: fuzzCapture(&input)
    case .url: fuzzURL(&input)
    }
  }
}

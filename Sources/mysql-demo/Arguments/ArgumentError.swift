import MySQL

/// Why the command line cannot be understood. Texts and exit codes are those of the official command.
enum ArgumentError: Error {
  case unknownOption(String)
  case unknownVariable(String)
  case ambiguous(String, [String])
  case takesNoArgument(String)
  case needsArgument(String)
  case badNumber(String, String)
  case outOfRange(String, String, ClosedRange<Int>)
  case badFormat(String)
  case badPage(String)
  case tooMany
  case tooManyFiles

  static let program = StandardError.program

  var exitCode: Int32 {
    switch self {
    case .unknownOption: 2
    case .ambiguous: 3
    case .takesNoArgument: 4
    case .needsArgument: 5
    case .unknownVariable: 7
    case .badNumber, .outOfRange, .badFormat, .badPage: 9
    case .tooMany, .tooManyFiles: 1
    }
  }

  var text: String {
    switch self {
    case .unknownOption(let option):
      "\(Self.program): unknown option '\(option)'" + Self.suggestion(for: option)
    case .unknownVariable(let variable):
      "\(Self.program): unknown variable '\(variable)'" + Self.suggestion(for: "--" + variable)
    case .ambiguous(let option, let names):
      "\(Self.program): ambiguous option '\(option)' (\(names.joined(separator: ", ")))"
    case .takesNoArgument(let option): "\(Self.program): option '\(option)' cannot take an argument"
    case .needsArgument(let option): "\(Self.program): option '\(option)' requires an argument"
    case .badNumber(let option, let value):
      "\(Self.program): Error while setting value '\(value)' to '\(option)': it takes a whole number"
    case .outOfRange(let option, let value, let range):
      "\(Self.program): Error while setting value '\(value)' to '\(option)': it takes a whole number from "
        + "\(range.lowerBound) to \(range.upperBound)"
    case .badFormat(let value):
      "\(Self.program): Error while setting value '\(value)' to 'format': it is one of "
        + ResultFormat.allCases.map(\.rawValue).joined(separator: ", ")
    case .badPage(let value):
      "\(Self.program): Error while setting value '\(value)' to 'wire': it takes the name of a page, which ends in "
        + ".html"
    case .tooMany: "\(Self.program): more than one database was named (--help shows the options)"
    case .tooManyFiles:
      "\(Self.program): restore reads one file, into the database that -D names (--help shows the options)"
    }
  }

  private static func suggestion(for option: String) -> String {
    guard option.hasPrefix("--") else { return "" }
    let name = String(option.dropFirst(2).prefix { $0 != "=" })
    let nearest = Suggestion.nearest(to: name, among: CommandOption.all.map(\.name))
    return nearest.map { "\n\(program): did you mean '--\($0)'?" } ?? ""
  }
}

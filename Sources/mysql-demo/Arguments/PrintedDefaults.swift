import MySQL

/// `--print-defaults`: the options of the option files and of the command line, as one command line. Passwords are
/// masked.
enum PrintedDefaults {
  /// Returns the text if the option is among the first words; nil if it is not. Later, it does not count.
  static func text(of words: [[UInt8]], isTerminal: Bool) throws -> [UInt8]? {
    let first = words.prefix { choosesFiles($0) || $0 == option }
    guard first.contains(option) else { return nil }
    let rest = Array(words.dropFirst(first.count))
    let (arguments, _) = try ArgumentReader.read(first.filter { $0 != option }, isTerminal: isTerminal)
    var text = Array("\(ArgumentError.program) would have been started with the following arguments:\n".utf8)
    for entry in try arguments.defaults.read() {
      let value = entry.value.map { [UInt8(ascii: "=")] + $0 } ?? []
      text += masked(Array("--\(entry.name)".utf8) + value) + [UInt8(ascii: " ")]
    }
    for word in rest { text += masked(word) + [UInt8(ascii: " ")] }
    return text + [UInt8(ascii: "\n")]
  }

  private static let option = Array("--print-defaults".utf8)

  private static func choosesFiles(_ word: [UInt8]) -> Bool {
    ["--no-defaults", "--defaults-file=", "--defaults-extra-file=", "--defaults-group-suffix="].contains {
      word.begins(with: Array($0.utf8))
    }
  }

  private static func masked(_ word: [UInt8]) -> [UInt8] {
    let secret = ProcessArguments.secretRange(of: word)
    return secret.isEmpty
      ? word : word[..<secret.lowerBound] + Array("*****".utf8) + word[secret.upperBound...]
  }
}

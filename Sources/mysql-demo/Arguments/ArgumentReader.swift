import MySQL

/// A reader of command lines that works as in the official command: letters together (`-BNe`), values attached or
/// separate, long names shortened as long as they are unambiguous, `--skip-`, `--enable-`, `--disable-` and `--loose-`.
struct ArgumentReader {
  private let options: [CommandOption]
  private var rest: ArraySlice<[UInt8]>
  private var arguments = Arguments()
  private var names: [[UInt8]] = []
  /// Warnings about options that `--loose-` lets pass.
  private(set) var warnings: [String] = []

  private init(_ words: [[UInt8]], for subcommand: Arguments.Subcommand?, isTerminal: Bool) {
    options = CommandOption.all(for: subcommand)
    rest = words[...]
    arguments.subcommand = subcommand
    arguments.isNonInteractive = !isTerminal
    arguments.silence = isTerminal ? 0 : 1
  }

  /// - Parameters:
  ///   - isTerminal: Whether both standard input and output are a terminal.
  ///   - subcommand: The subcommand that the words belong to.
  ///   - files: The options from option files. The command line takes precedence over them.
  static func read(
    _ words: [[UInt8]], isTerminal: Bool, for subcommand: Arguments.Subcommand? = nil,
    over files: [OptionFileEntry] = []
  ) throws(ArgumentError) -> (Arguments, warnings: [String]) {
    var reader = Self(words, for: subcommand, isTerminal: isTerminal)
    for entry in files { try reader.read(entry) }
    while let word = reader.rest.popFirst() {
      if word == Array("--".utf8) {
        reader.names += reader.rest
        break
      }
      if word.begins(with: Array("--".utf8)) {
        try reader.readLong(word)
      } else if word.first == UInt8(ascii: "-"), word.count > 1 {
        try reader.readLetters(word)
      } else {
        reader.names.append(word)
      }
    }
    try reader.takeNames()
    return (reader.arguments, reader.warnings + reader.arguments.warnings)
  }

  /// Takes the words that are not options.
  private mutating func takeNames() throws(ArgumentError) {
    let texts = names.map { String(decoding: $0, as: UTF8.self) }
    switch arguments.subcommand {
    case .dump: arguments.dump.names = texts
    case .restore:
      if names.count > 1 { throw .tooManyFiles }
      arguments.dumpFile = texts.first
    case .bench, .doctor, nil:
      if names.count > 1 { throw .tooMany }
      if let database = names.first {
        arguments.database = database
        arguments.rules.isBeforeDatabase = false
      }
    }
  }

  private mutating func read(_ entry: OptionFileEntry) throws(ArgumentError) {
    if entry.isOfConnection {
      arguments.fileOptions.append(entry)
      return
    }
    let value = entry.value.map { [UInt8(ascii: "=")] + $0 } ?? []
    try readLong(Array("--\(entry.name)".utf8) + value, canTakeNext: false)
  }

  private mutating func readLetters(_ word: [UInt8]) throws(ArgumentError) {
    var index = 1
    while index < word.count {
      let letter = Character(Unicode.Scalar(word[index]))
      guard let option = options.first(where: { $0.letter == letter }) else {
        throw .unknownOption("-\(letter)")
      }
      let attached = Array(word[(index + 1)...])
      switch option.effect {
      case .flag(let set):
        set(&arguments, true)
        index += 1
        continue
      case .optionalValue(let set): try set(&arguments, attached.isEmpty ? nil : attached)
      case .value(let set):
        if !attached.isEmpty {
          try set(&arguments, attached)
        } else if let next = rest.popFirst() {
          try set(&arguments, next)
        } else {
          throw .needsArgument("-\(letter)")
        }
      }
      return
    }
  }

  private mutating func readLong(_ word: [UInt8], canTakeNext: Bool = true) throws(ArgumentError) {
    let parts = word.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    let value = parts.count > 1 ? Array(parts[1]) : nil
    let written = String(decoding: parts[0], as: UTF8.self)
    var name = String(written.dropFirst(2)).replacing("_", with: "-")
    let isLoose = name.hasPrefix("loose-")
    if isLoose { name.removeFirst("loose-".count) }
    do throws(ArgumentError) {
      try apply(name, value, written: String(decoding: word, as: UTF8.self), canTakeNext)
    } catch {
      guard isLoose, case .unknownOption = error else { throw error }
      warnings.append("Warning: \(error.text)")
    }
  }

  private mutating func apply(
    _ name: String, _ value: [UInt8]?, written: String, _ canTakeNext: Bool
  ) throws(ArgumentError) {
    if let option = try find(name, written) {
      switch option.effect {
      case .flag(let set):
        guard let value else { return set(&arguments, true) }
        guard let isOn = OptionSwitch.isOn(String(decoding: value, as: UTF8.self)) else {
          throw .takesNoArgument(written)
        }
        set(&arguments, isOn)
      case .optionalValue(let set): try set(&arguments, value)
      case .value(let set):
        guard let value = value ?? (canTakeNext ? rest.popFirst() : nil) else {
          throw .needsArgument(written)
        }
        try set(&arguments, value)
      }
      return
    }
    if let (isOn, rest) = OptionSwitch.split(name), let option = try find(rest, written) {
      if case .flag(let set) = option.effect { return set(&arguments, isOn) }
      if !isOn, let turnOff = option.turnOff { return turnOff(&arguments) }
    }
    if value != nil { throw .unknownVariable(String(written.dropFirst(2))) }
    throw .unknownOption(written)
  }

  /// Returns the option with this name, or the only one whose name begins with it.
  private mutating func find(_ name: String, _ written: String) throws(ArgumentError) -> CommandOption? {
    if let option = options.first(where: { $0.name == name }) { return option }
    let options = options.filter { $0.name.hasPrefix(name) }
    let names = Array(Set(options.map(\.name))).sorted()
    if names.count == 1 {
      warnings.append(
        "Info: Using unique option prefix '\(name)' is error-prone and can break in the future. "
          + "Please use the full name '\(names[0])' instead.")
    }
    if names.count < 2 { return options.first }
    throw .ambiguous(written, names)
  }
}

/// What the manual says about an option. `CommandOption` says what it does.
struct OptionEntry: Sendable {
  let name: String
  let letter: Character?
  /// What stands for its value in `usage`; nil if it takes none.
  let value: String?
  /// Whether it may also be given without a value.
  let isOptional: Bool
  /// The possible values, if they are few.
  let choices: [String]
  let about: String

  init(
    _ name: String, _ letter: Character? = nil, _ value: String? = nil, optional: Bool = false,
    of choices: [String] = [], about: String
  ) {
    self.name = name
    self.letter = letter
    self.value = value
    isOptional = optional
    self.choices = choices
    self.about = about
  }

  /// Whether the value is a file or a folder.
  var isFile: Bool { value == "FILE" || value == "PATH" }

  /// The option with its value, as it is written.
  var usage: String {
    let value = value.map { isOptional ? "[=\($0)]" : "=\($0)" } ?? ""
    return "--\(name)\(value)"
  }
}

/// Options of one kind, under one title.
struct OptionSection: Sendable {
  let title: String
  let entries: [OptionEntry]
}

import MySQLWire

/// How the text of an option becomes a value, and back.
struct OptionValue<Value: Sendable>: Sendable {
  /// What an error says the option takes.
  let expects: String
  let parse: @Sendable (String, OptionSource) -> Value?
  let print: @Sendable (Value) -> String
}

/// Where the text of an option comes from.
enum OptionSource: Sendable {
  case url
  case file
}

extension OptionValue {
  /// Makes a value optional, with a word for nil where nil is not the default.
  static func optional<Wrapped>(_ value: OptionValue<Wrapped>, none: String) -> Self where Value == Wrapped? {
    Self(
      expects: "\(value.expects), or \(none)",
      parse: { text, source in
        text == none ? .some(nil) : value.parse(text, source).map { .some($0) }
      }, print: { $0.map(value.print) ?? none })
  }

  /// Makes a value optional, for a property whose default is nil, which is therefore never written.
  static func optional<Wrapped>(_ value: OptionValue<Wrapped>) -> Self where Value == Wrapped? {
    Self(
      expects: value.expects, parse: { text, source in value.parse(text, source).map { .some($0) } },
      print: { $0.map(value.print) ?? "" })
  }

  /// Makes a value that is one of some words, matched like the names of options.
  static func word(
    _ words: [(name: String, value: Value)], aliases: [(name: String, value: Value)] = []
  ) -> Self where Value: Equatable {
    let known = words + aliases
    return Self(
      expects: list(words.map(\.name)),
      parse: { text, _ in
        known.first { OptionName($0.name) == OptionName(text) }?.value
      },
      print: { value in words.first { $0.value == value }?.name ?? "" })
  }

  private static func list(_ words: [String]) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
  }
}

extension OptionValue<String> {
  static let text = Self(expects: "a text", parse: { text, _ in text }, print: { $0 })
  static let nonEmpty = Self(
    expects: "a text that is not empty", parse: { text, _ in text.isEmpty ? nil : text }, print: { $0 })
  static let path = Self(
    expects: "the path of a file", parse: { text, _ in text.isEmpty ? nil : text }, print: { $0 })
}

extension OptionValue<MySQLSecret> {
  static let secret = Self(expects: "a password", parse: { text, _ in MySQLSecret(text) }, print: { "\($0)" })
}

extension OptionValue<Bool> {
  static let boolean = Self(
    expects: "true or false",
    // Matched like the names of options.
    parse: { text, _ in OptionSwitch.isOn(OptionName(text).text) },
    print: { $0 ? "true" : "false" })
}

extension OptionValue<UInt16> {
  static let port = Self(
    expects: "a number from 1 to 65535",
    parse: { text, _ in isDecimal(text) ? UInt16(text).flatMap { $0 == 0 ? nil : $0 } : nil },
    print: { "\($0)" })
}

extension OptionValue<Int> {
  static let count = Self(
    expects: "a number, zero or more", parse: { text, _ in isDecimal(text) ? Int(text) : nil },
    print: { "\($0)" })

  static let size = Self(
    expects: "a number of bytes, with or without K, M or G after it",
    parse: { text, _ in
      let shifts: [Character: Int] = ["k": 10, "m": 20, "g": 30]
      let shift = text.lowercased().last.flatMap { shifts[$0] }
      let digits = shift == nil ? text : String(text.dropLast())
      guard isDecimal(digits), let number = Int(digits) else { return nil }
      let (size, overflow) = number.multipliedReportingOverflow(by: 1 << (shift ?? 0))
      return overflow ? nil : size
    }, print: { "\($0)" })
}

extension OptionValue<[Int]> {
  static let weights = Self(
    expects: "a number for each host, with commas between",
    parse: { text, source in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { OptionValue<Int>.count.parse(String($0), source) }
      return numbers.count == parts.count && !parts.contains("") ? numbers : nil
    }, print: { $0.map(String.init).joined(separator: ",") })
}

extension OptionValue<Duration> {
  /// A number without a unit counts seconds in option files, as with the `mysql` command.
  static let duration = Self(
    expects: """
      a number with its unit, such as 500ms, 10s, 2m or 1h; a number alone would be seconds to some clients \
      and milliseconds to others
      """,
    parse: { text, source in DurationText.parse(text, bareUnit: source == .file ? .seconds(1) : nil) },
    print: { DurationText.print($0) })
}

/// Whether a text consists only of digits. Swift's own parsers also accept a sign.
private func isDecimal(_ text: String) -> Bool {
  text.utf8.allSatisfy(\.isASCIIDigit)
}

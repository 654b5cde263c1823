/// What `--help` and `--version` print.
enum Help {
  static let version = "0.1"
  static let nameAndVersion = "mysql-demo \(version) (swift-mysql)"

  static var text: String {
    var text = """
      mysql-demo \(version): a client for MySQL and MariaDB in pure Swift

      Usage: mysql-demo [options] [database]       run statements: -e, a file, or a terminal

      """
    for subcommand in Subcommands.all {
      text += Self.line("       mysql-demo \(subcommand.name) \(subcommand.arguments)", 45, subcommand.about)
    }
    text += Self.line("       mysql-demo", 45, "with no server named: show a recorded one") + "\n"
    for section in OptionGuide.sections {
      text += section.title + "\n"
      for entry in section.entries {
        let letter = entry.letter.map { "-\($0), " } ?? ""
        text += Self.line("  \(letter)\(entry.usage)", 31, Self.about(entry))
      }
    }
    return text
      + "The environment variables MYSQL_HOST, MYSQL_TCP_PORT, MYSQL_UNIX_PORT and MYSQL_PWD count, too.\n"
  }

  static func about(_ entry: OptionEntry) -> String {
    guard !entry.choices.isEmpty else { return entry.about }
    return entry.about + ": " + entry.choices.joined(separator: ", ")
  }

  /// Returns a line of two columns, or two lines if the first column is too long.
  private static func line(_ first: String, _ width: Int, _ second: String) -> String {
    let missing = width - first.count
    guard missing > 0 else { return first + "\n" + String(repeating: " ", count: width) + second + "\n" }
    return first + String(repeating: " ", count: missing) + second + "\n"
  }
}

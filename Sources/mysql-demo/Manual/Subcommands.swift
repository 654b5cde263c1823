/// What the command does besides running statements.
enum Subcommands {
  struct Entry: Sendable {
    let name: String
    /// What follows the name.
    let arguments: String
    let about: String
  }

  static let all = [
    Entry(
      name: "doctor", arguments: "[options]",
      about: "find out why a connection fails, or several servers do not fit together"),
    Entry(
      name: "bench", arguments: "[options] [database]", about: "measure a pool of connections under load"),
    Entry(name: "dump", arguments: "[options] DB [TABLE…]", about: "write a backup"),
    Entry(name: "restore", arguments: "[options] [FILE]", about: "run the statements of a backup"),
    Entry(
      name: "decode", arguments: "FILE.pcap", about: "print the packets of a capture; --html: as a web page"),
    Entry(
      name: "completions", arguments: "bash|zsh|fish",
      about: "print a script that lets a shell complete the options"),
    Entry(name: "man", arguments: "", about: "print the manual page"),
  ]
}

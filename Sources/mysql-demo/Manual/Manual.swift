import Foundation

/// The subcommands that print a part of the manual.
enum Manual {
  /// Prints what the words ask for. Returns the exit code; nil if they ask for no part of the manual.
  static func print(_ words: [[UInt8]]) -> Int32? {
    let words = words.map { String(decoding: $0, as: UTF8.self) }
    let output = OutputBuffer(STDOUT_FILENO)
    switch words.first {
    case "man" where words.count == 1: output.write(text: ManualPage.text)
    case "completions":
      guard words.count == 2, let shell = ShellCompletions(rawValue: words[1]) else {
        StandardError.print(
          "\(StandardError.program): completions takes the name of a shell: bash, zsh or fish")
        return 1
      }
      output.write(text: shell.text)
    default: return nil
    }
    return output.end()
  }
}

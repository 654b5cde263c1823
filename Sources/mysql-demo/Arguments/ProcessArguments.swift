import Foundation

/// The words of the command line as bytes, since statements need not be UTF-8.
enum ProcessArguments {
  /// Takes the words, and hides passwords in the process's title from whoever lists processes.
  static func take() -> [[UInt8]] {
    let pointers = UnsafeMutableBufferPointer(
      start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
    return pointers.dropFirst().compactMap { pointer in
      guard let pointer else { return nil }
      let length = strlen(pointer)
      let word = UnsafeMutableRawBufferPointer(start: pointer, count: length)
      defer { hidePassword(in: word) }
      return Array(word)
    }
  }

  private static func hidePassword(in word: UnsafeMutableRawBufferPointer) {
    for index in secretRange(of: Array(word)) { word[index] = UInt8(ascii: "x") }
  }

  /// Where a word holds a password: `-psecret`, behind `-p` in letters that take no value, `--password=`,
  /// or between user and host of a URL.
  static func secretRange(of word: [UInt8]) -> Range<Int> {
    if let equals = word.firstIndex(of: UInt8(ascii: "=")), word.begins(with: Array("--pass".utf8)) {
      return equals + 1..<word.count
    }
    if word.contains(bytes: Array("://".utf8)), let at = word.lastIndex(of: UInt8(ascii: "@")),
      let colon = word[..<at].lastIndex(of: UInt8(ascii: ":"))
    {
      return colon + 1..<max(colon + 1, at)
    }
    guard word.first == UInt8(ascii: "-"), word.count > 2, word[1] != UInt8(ascii: "-") else { return 0..<0 }
    for index in 1..<word.count {
      let letter = Character(Unicode.Scalar(word[index]))
      if letter == "p" { return index + 1..<word.count }
      guard case .flag = CommandOption.all.first(where: { $0.letter == letter })?.effect else { break }
    }
    return 0..<0
  }
}

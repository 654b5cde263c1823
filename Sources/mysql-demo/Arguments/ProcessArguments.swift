import Foundation

/// The words of the command line as bytes, since statements need not be UTF-8.
enum ProcessArguments {
  /// Returns the words, and hides passwords in the process's title from users that list processes.
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

  /// Returns the range of a password in a word: in `-psecret`, also if letters that take no value come before the `p`;
  /// after `--password=`, however it is shortened or prefixed; or between the user and the host of a URL. Empty if
  /// there is none.
  static func secretRange(of word: [UInt8]) -> Range<Int> {
    if let equals = word.firstIndex(of: UInt8(ascii: "=")), isPasswordOption(word[..<equals]) {
      return equals + 1..<word.count
    }
    if let url = secretRange(ofURL: word) { return url }
    guard word.first == UInt8(ascii: "-"), word.count > 2, word[1] != UInt8(ascii: "-") else { return 0..<0 }
    for index in 1..<word.count {
      let letter = Character(Unicode.Scalar(word[index]))
      if letter == "p" { return index + 1..<word.count }
      guard case .flag = CommandOption.all.first(where: { $0.letter == letter })?.effect else { break }
    }
    return 0..<0
  }

  /// Whether an option such as `--pas` may be meant for `--password`, even if it is ambiguous.
  private static func isPasswordOption(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.begins(with: Array("--".utf8)) else { return false }
    var name = String(decoding: word.dropFirst(2), as: UTF8.self).lowercased().replacing("_", with: "-")
    if name.hasPrefix("loose-") { name.removeFirst("loose-".count) }
    return name.hasPrefix("pa") && ("password".hasPrefix(name) || name.hasPrefix("password"))
  }

  /// Returns the range of everything after the first colon of `user:password@`, since a password may contain colons
  /// too.
  private static func secretRange(ofURL word: [UInt8]) -> Range<Int>? {
    let slash = UInt8(ascii: "/")
    var starts = word.indices.dropLast(2).lazy.filter {
      word[$0] == UInt8(ascii: ":") && word[$0 + 1] == slash && word[$0 + 2] == slash
    }.makeIterator()
    guard let start = starts.next(), let at = word.lastIndex(of: UInt8(ascii: "@")), at > start + 3,
      let colon = word[(start + 3)..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return colon + 1..<at
  }
}

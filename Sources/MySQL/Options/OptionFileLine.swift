import MySQLWire

/// A line of an option file, parsed as the `mysql` command does.
enum OptionFileLine: Equatable {
  case blank
  /// `[name]`
  case group(String)
  /// `name`, or `name=value`. Values are bytes, as the file's encoding is unknown.
  case option(String, [UInt8]?)
  /// `!include path`
  case include(String)
  /// `!includedir path`
  case includeDirectory(String)

  /// Parses a line. Nil for a group without its closing bracket, and for an unknown directive.
  init?(_ bytes: ArraySlice<UInt8>) {
    let line = bytes.trimmed()
    switch line.first {
    case nil, UInt8(ascii: "#"), UInt8(ascii: ";"): self = .blank
    case UInt8(ascii: "!"): self.init(directive: line)
    case UInt8(ascii: "["):
      guard let end = line.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      self = .group(String(decoding: line[..<end].dropFirst().trimmed(), as: UTF8.self))
    default: self.init(option: line[..<Self.commentStart(in: line)])
    }
  }

  private init?(directive line: ArraySlice<UInt8>) {
    let words = line.split(maxSplits: 1, whereSeparator: \.isASCIISpace)
    guard words.count == 2 else { return nil }
    let path = String(decoding: words[1].trimmed(), as: UTF8.self)
    switch String(decoding: words[0], as: UTF8.self) {
    case "!include": self = .include(path)
    case "!includedir": self = .includeDirectory(path)
    default: return nil
    }
  }

  private init(option line: ArraySlice<UInt8>) {
    let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(decoding: (parts.first ?? []).trimmed(), as: UTF8.self)
    self = .option(name, parts.count > 1 ? Self.unescape(Self.unquote(parts[1].trimmed())) : nil)
  }

  /// Returns where the comment begins: at a `#` outside quotes. A backslash escapes a quote only within
  /// quotes.
  private static func commentStart(in line: ArraySlice<UInt8>) -> Int {
    var quote: UInt8?
    var isEscaped = false
    for index in line.indices {
      let byte = line[index]
      if byte == UInt8(ascii: "#"), quote == nil { return index }
      if !isEscaped, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        if quote == nil { quote = byte } else if quote == byte { quote = nil }
      }
      isEscaped = quote != nil && byte == UInt8(ascii: "\\") && !isEscaped
    }
    return line.endIndex
  }

  private static func unquote(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard value.count >= 2, let first = value.first, first == value.last,
      first == UInt8(ascii: "'") || first == UInt8(ascii: "\"")
    else { return value }
    return value.dropFirst().dropLast()
  }

  /// Resolves the escapes. A backslash before any other character stays.
  private static func unescape(_ value: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = value
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.first else {
        result.append(byte)
        continue
      }
      rest.removeFirst()
      switch next {
      case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
      case UInt8(ascii: "b"): result.append(8)
      case UInt8(ascii: "s"): result.append(UInt8(ascii: " "))
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(next)
      default: result += [byte, next]
      }
    }
    return result
  }
}

extension ArraySlice<UInt8> {
  fileprivate func trimmed() -> Self {
    let head = drop(while: \.isASCIISpace)
    guard let end = head.lastIndex(where: { !$0.isASCIISpace }) else { return [] }
    return head[...end]
  }
}

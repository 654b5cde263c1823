extension OptionValue<String> {
  static let charset = Self(
    expects: "utf8mb4 alone: this client speaks no other character set",
    parse: { text, _ in text.lowercased() == "utf8mb4" ? text : nil }, print: { $0 })
}

extension OptionValue<[String: String]> {
  /// Attributes as `name=value,name=value`, where a backslash escapes the next character.
  static let attributes = Self(
    expects:
      "name=value, or several with commas between; escape a literal comma, = or \\ with a backslash",
    parse: { text, _ in parseAttributes(text) },
    print: { attributes in
      attributes.sorted { $0.key < $1.key }.map { "\(escape($0.key))=\(escape($0.value))" }
        .joined(separator: ",")
    })

  private static func parseAttributes(_ text: String) -> [String: String]? {
    var attributes: [String: String] = [:]
    var name: String?
    var part = ""
    func add() -> Bool {
      guard let key = name, !key.isEmpty else { return false }
      name = nil
      defer { part = "" }
      return attributes.updateValue(part, forKey: key) == nil
    }
    var rest = text.unicodeScalars[...]
    if rest.isEmpty { return [:] }
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\\":
        guard let next = rest.popFirst() else { return nil }
        part.unicodeScalars.append(next)
      case "=" where name == nil:
        name = part
        part = ""
      case ",":
        guard add() else { return nil }
      default: part.unicodeScalars.append(scalar)
      }
    }
    return add() ? attributes : nil
  }

  private static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if [",", "=", "\\"].contains(scalar) { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}

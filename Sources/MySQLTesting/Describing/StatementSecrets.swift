/// Finds the passwords in SQL, so that they are neither shown nor kept.
package enum StatementSecrets {
  private static let words = ["identified", "password", "old_password", "secret", "passwd"]

  /// Whether a statement says anything about passwords.
  package static func areMentioned(in sql: String) -> Bool {
    let sql = sql.lowercased()
    return words.contains { sql.contains($0) }
  }

  /// The statement with `'•••'` for every string behind a word about passwords.
  package static func masked(_ sql: String) -> String {
    guard areMentioned(in: sql) else { return sql }
    var result = ""
    var word = ""
    var isSecret = false
    var rest = Substring(sql)
    while let character = rest.popFirst() {
      if character == "'" || character == "\"" {
        let content = takeString(&rest, quote: character)
        result += isSecret ? "\(character)•••\(character)" : "\(character)\(content)\(character)"
        word = ""
        continue
      }
      result.append(character)
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
        continue
      }
      if character == ";" { isSecret = false }
      note(word, &isSecret)
      word = ""
    }
    return result
  }

  private static func note(_ word: String, _ isSecret: inout Bool) {
    let word = word.lowercased()
    if words.contains(where: { word.contains($0) }) { isSecret = true }
  }

  private static func takeString(_ rest: inout Substring, quote: Character) -> String {
    var content = ""
    while let character = rest.popFirst() {
      if character == "\\", let escaped = rest.popFirst() {
        content += "\\\(escaped)"
      } else if character == quote {
        guard rest.first == quote else { return content }
        rest.removeFirst()
        content += "\(quote)\(quote)"
      } else {
        content.append(character)
      }
    }
    return content
  }
}

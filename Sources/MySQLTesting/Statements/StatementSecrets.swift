import MySQLWire

/// The detection of passwords in SQL, so that they are neither shown nor kept.
package enum StatementSecrets {
  /// Words, or parts of words, in statements that concern passwords.
  private static let words = ["identified", "passw", "secret", "authentication_string"].map { Array($0.utf8) }
  private static let mask = Array("•••".utf8)

  /// Whether a statement says anything about passwords, or may set a variable to one.
  package static func areMentioned(in sql: String) -> Bool { areMentioned(in: Array(sql.utf8)) }

  package static func areMentioned(in sql: [UInt8]) -> Bool {
    Hints(sql).hasWord || !secrets(in: sql).isEmpty
  }

  /// Returns the statement with `•••` in place of its secrets: each string after a word about passwords, each string
  /// that a user variable is set to, the passwords in URLs, and comments and strings that hold statements about
  /// passwords.
  package static func masked(_ sql: String) -> String {
    let bytes = Array(sql.utf8)
    let secrets = secrets(in: bytes)
    return secrets.isEmpty ? sql : String(decoding: masked(bytes, secrets), as: UTF8.self)
  }

  /// Whether the values of a result's column hold passwords or what is derived from them, as in the account tables,
  /// SHOW GRANTS and SHOW CREATE USER.
  static func areHeld(by column: ColumnDefinition) -> Bool {
    if [column.name, column.originalName].contains(where: { Hints($0.utf8).hasWord }) { return true }
    let name = column.name.lowercased()
    return name.hasPrefix("grants for ") || name.hasPrefix("create user")
      || column.originalTable.lowercased() == "global_priv" && column.originalName.lowercased() == "priv"
  }

  static func masked(_ sql: [UInt8], _ secrets: [Range<Int>]) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    for range in secrets {
      result += sql[position..<range.lowerBound] + mask
      position = range.upperBound
    }
    return result + sql[position...]
  }

  /// Returns the ranges of the secrets, in order. The session's rules are not known here, so whatever is a secret under
  /// any of the possible rules counts. Rules that leave a string open are ignored if others do not.
  static func secrets(in sql: [UInt8]) -> [Range<Int>] {
    let hints = Hints(sql)
    guard hints.hasWord || hints.mayHaveMore else { return [] }
    var rules = [SQLTokenizer.Rules()]
    if hasEscapedQuote(sql) {
      rules += [.init(hasPlainBackslash: true), .init(hasQuotedNames: true)]
    }
    let readings = rules.map { SecretReading(sql, $0) }
    let closed = readings.filter(\.isClosed)
    return merged((closed.isEmpty ? readings : closed).flatMap(\.secrets))
  }

  private static func hasEscapedQuote(_ sql: [UInt8]) -> Bool {
    sql.indices.dropLast().contains { index in
      sql[index] == UInt8(ascii: "\\") && [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(sql[index + 1])
    }
  }

  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound < last.upperBound || range == last {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// What one quick pass over a text finds.
  struct Hints {
    private(set) var hasWord = false
    /// Whether there may be a URL, or a user variable.
    private(set) var mayHaveMore = false

    init(_ text: some Collection<UInt8>) {
      var index = text.startIndex
      while index != text.endIndex {
        switch text[index] {
        case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "p"), UInt8(ascii: "P"), UInt8(ascii: "s"),
          UInt8(ascii: "S"), UInt8(ascii: "a"), UInt8(ascii: "A"):
          let first = text[index] | 0x20
          if words.contains(where: { $0[0] == first && text[index...].begins(withLowercased: $0) }) {
            hasWord = true
            return
          }
        case UInt8(ascii: "@"): mayHaveMore = true
        default: break
        }
        text.formIndex(after: &index)
      }
    }
  }
}

extension Collection<UInt8> {
  /// Whether it begins with the given lowercase word, ignoring the case of its own letters.
  fileprivate func begins(withLowercased word: [UInt8]) -> Bool {
    var index = startIndex
    for byte in word {
      guard index != endIndex else { return false }
      let own = self[index]
      guard own == byte || (UInt8(ascii: "A")...UInt8(ascii: "Z") ~= own && own | 0x20 == byte) else {
        return false
      }
      formIndex(after: &index)
    }
    return true
  }
}

import Foundation
import MySQL

/// The character set that a session logs in with: the named one, or else that of the locale, as in the official
/// command.
struct SessionCharacterSet {
  let name: String
  let collation: UInt8

  var kind: CharacterSet {
    switch name {
    case "utf8mb4": .utf8mb4
    case "utf8", "utf8mb3": .utf8mb3
    default: .singleByte
    }
  }

  init?(named name: String) {
    let name = name.lowercased()
    guard let collation = Self.collations[name] else { return nil }
    self.name = name
    self.collation = collation
  }

  static let utf8mb4 = Self(name: "utf8mb4", collation: 45)

  static var ofLocale: Self {
    setlocale(LC_CTYPE, "")
    let codeset = nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } ?? ""
    let name = codeset.uppercased() == "UTF-8" ? "utf8mb3" : "latin1"
    return Self(named: name) ?? Self(name: name, collation: 33)
  }

  /// The character set for a person at a terminal: that of the locale, but all of UTF-8 in place of utf8mb3, so that
  /// every character is shown.
  static var ofTerminal: Self {
    let locale = ofLocale
    return locale.kind == .utf8mb3 ? .utf8mb4 : locale
  }

  private init(name: String, collation: UInt8) {
    self.name = name
    self.collation = collation
  }

  // The default collations of the character sets that a client can have.
  private static let collations: [String: UInt8] = [
    "utf8mb4": 45, "utf8mb3": 33, "utf8": 33, "latin1": 8, "ascii": 11, "binary": 63, "latin2": 9,
    "latin5": 30, "latin7": 41, "cp850": 4, "cp852": 40, "cp866": 36, "cp1250": 26, "cp1251": 51,
    "cp1256": 57, "cp1257": 59, "dec8": 3, "hp8": 6, "koi8r": 7, "koi8u": 22, "swe7": 10, "greek": 25,
    "hebrew": 16, "tis620": 18, "macroman": 39, "macce": 38, "keybcs2": 37, "armscii8": 32, "geostd8": 92,
  ]
}

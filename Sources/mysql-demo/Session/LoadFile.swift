import Foundation
import MySQL

/// The file that a LOAD DATA LOCAL INFILE names. It is read from the statement of this user, and never from
/// what the server asks for.
enum LoadFile {
  static func named(in statement: [UInt8], isAllowed: Bool) -> MySQLInfileSource? {
    guard isAllowed, let path = path(in: statement) else { return nil }
    return .file(URL(fileURLWithPath: path))
  }

  static func path(in statement: [UInt8]) -> String? {
    guard statement.begins(with: Array("load".utf8), ignoringCase: true) else { return nil }
    let words = Array("infile".utf8)
    guard
      let start = statement.indices.first(where: {
        statement[$0...].begins(with: words, ignoringCase: true)
      })
    else { return nil }
    let head = String(decoding: statement[..<start], as: UTF8.self).lowercased()
    guard head.contains("local") else { return nil }
    var rest = statement[(start + words.count)...].drop { $0.isSpace }
    guard let quote = rest.popFirst(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      return nil
    }
    var path: [UInt8] = []
    while let byte = rest.popFirst(), byte != quote {
      path.append(byte == UInt8(ascii: "\\") ? rest.popFirst() ?? byte : byte)
    }
    return String(decoding: path, as: UTF8.self)
  }
}

extension MySQLError {
  /// The unique key that refuses a row, because another row has the same value.
  /// `MySQLError.Server.duplicateKey` returns it.
  public struct DuplicateKey: Sendable, Hashable {
    /// The key's table. Nil where the server does not name it: MariaDB, and MySQL before 8.0.19.
    public let table: String?
    /// The key's name; `PRIMARY` for the primary key.
    public let name: String

    init(table: String? = nil, name: String) {
      self.table = table
      self.name = name
    }
  }
}

extension MySQLError.Server {
  /// The key that error 1062 or 1586 is about, read from the server's message:
  /// `Duplicate entry 'x' for key 'users.email'`.
  ///
  /// Nil for other errors, if the server's messages are not in English, and if the table's or the key's name
  /// has a dot on MySQL, so that it is not certain where the table's name ends. The content of the value does
  /// not matter.
  public var duplicateKey: MySQLError.DuplicateKey? {
    guard code == .duplicateEntry || code == .duplicateEntryOfKey else { return nil }
    let text = Array(message.utf8)
    let (prefix, separator) = (Array("Duplicate entry '".utf8), Array("' for key '".utf8))
    // Servers cut messages off at 512 bytes, which may be in the middle of a value.
    guard text.count < 500, text.starts(with: prefix), text.last == UInt8(ascii: "'"),
      let found = text[(prefix.count)...].lastStart(of: separator),
      found + separator.count < text.count - 1
    else { return nil }
    let key = text[(found + separator.count)..<(text.count - 1)]
    if source?.qualifiesKeys == false {
      return MySQLError.DuplicateKey(name: String(decoding: key, as: UTF8.self))
    }
    let parts = key.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    switch parts.count {
    // An error made by a program may be from any server.
    case 1 where source == nil: return MySQLError.DuplicateKey(name: parts[0])
    case 2 where !parts[0].isEmpty && !parts[1].isEmpty:
      return MySQLError.DuplicateKey(table: parts[0], name: parts[1])
    default: return nil
    }
  }
}

extension ArraySlice<UInt8> {
  /// Returns where the last occurrence of some bytes begins.
  func lastStart(of part: [UInt8]) -> Int? {
    guard count >= part.count else { return nil }
    return (startIndex...(endIndex - part.count)).last { self[$0...].starts(with: part) }
  }
}

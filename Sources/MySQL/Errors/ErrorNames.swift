/// The symbols of a range of error numbers.
///
/// Each line of the text has a number and its symbol, and then the symbols of the following numbers.
struct ErrorNames: Sendable {
  private let lines: [(first: UInt16, symbols: Substring)]

  init(_ text: String) {
    lines = text.split(separator: "\n").compactMap { line in
      guard let space = line.firstIndex(of: " "), let first = UInt16(line[..<space]) else { return nil }
      return (first, line[space...].dropFirst())
    }
  }

  /// Returns the symbol of a number, by binary search for its line.
  func name(of number: UInt16) -> String? {
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].first <= number { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let line = lines[low - 1]
    let symbols = line.symbols.split(separator: " ")
    let place = Int(number - line.first)
    return place < symbols.count ? String(symbols[place]) : nil
  }
}

extension MySQLError.Code {
  /// The server's own symbol, such as `ER_DUP_ENTRY`. Nil for numbers that are unknown, and for those that
  /// MySQL and MariaDB name differently: `name(onMariaDB:)` and `MySQLError.Server.name` tell them apart.
  public var name: String? {
    if let shared = ErrorNames.shared.name(of: rawValue) { return shared }
    let names = [ErrorNames.mySQL, .mariaDB].compactMap { $0.name(of: rawValue) }
    return names.count == 1 ? names[0] : nil
  }

  /// Returns the symbol that MariaDB (10.11) or MySQL (9.7) has for the number. Nil for unknown numbers.
  public func name(onMariaDB isMariaDB: Bool) -> String? {
    ErrorNames.shared.name(of: rawValue)
      ?? (isMariaDB ? ErrorNames.mariaDB : .mySQL).name(of: rawValue)
  }
}

extension MySQLError.Server {
  /// The symbol for the error's number on the server that sent it, such as `ER_DUP_ENTRY`. Nil for unknown
  /// numbers. For an error that came without a statement, or was made by a program, it is `code.name`.
  public var name: String? {
    source.map { code.name(onMariaDB: $0.isMariaDB) } ?? code.name
  }
}

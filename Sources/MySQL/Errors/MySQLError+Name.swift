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

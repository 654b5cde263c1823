import MySQL

extension Client {
  /// Reads the names of databases, and of the tables and columns of the database in use, for completion. Names that
  /// the account may not read are missing.
  func readNames() async {
    guard isTerminal, isConnected else { return }
    var found = await column(of: "SHOW DATABASES")
    if database != nil {
      found += await column(of: "SHOW TABLES")
      let columns: MySQLQuery = """
        SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()
        """
      for row in (try? await connection.query(columns).collect()) ?? [] {
        guard let (table, column) = try? row.decode((String, String).self) else { continue }
        found += [column, "\(table).\(column)"]
      }
    }
    names = CompletionNames(names: found)
  }

  private func column(of query: MySQLQuery) async -> [String] {
    let rows = (try? await connection.query(query).collect()) ?? []
    return rows.compactMap { try? $0[0].decode(String.self) }
  }
}

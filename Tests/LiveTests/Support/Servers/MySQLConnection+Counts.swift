import MySQL
import Testing

extension MySQLConnection {
  /// Returns how often this session has done something, by the names of status variables.
  func counts(_ names: String...) async throws -> [Int] {
    var counts: [Int] = []
    for name in names {
      let rows = try await query("SHOW SESSION STATUS LIKE '\(unsafe: name)'").collect()
      let row = try #require(rows.first)
      counts.append(try #require(Int(row.decode(at: 1, as: String.self))))
    }
    return counts
  }
}

import MySQL

/// The errors of a load test by kind, with the first of each as an example.
struct FailureTally: Sendable {
  struct Entry: Sendable, Equatable {
    let kind: String
    var count: Int
    let example: String
  }

  private var entries: [String: Entry] = [:]

  var total: Int { entries.values.reduce(0) { $0 + $1.count } }

  /// All entries, the most frequent first.
  var all: [Entry] {
    entries.values.sorted { $0.count != $1.count ? $0.count > $1.count : $0.kind < $1.kind }
  }

  mutating func note(_ error: MySQLError) {
    let kind = Self.kind(of: error)
    guard entries[kind] == nil else {
      entries[kind]?.count += 1
      return
    }
    entries[kind] = Entry(kind: kind, count: 1, example: error.description)
  }

  mutating func merge(_ other: Self) {
    entries.merge(other.entries) { Entry(kind: $0.kind, count: $0.count + $1.count, example: $0.example) }
  }

  /// Returns the server's error number, or the library's name for the error.
  private static func kind(of error: MySQLError) -> String {
    error.server.map { "\($0.code.rawValue)" } ?? "\(error.kind)"
  }
}

import MySQL

/// W2 and W3: many rows of six columns, each value decoded.
struct Rows {
  let connection: MySQLConnection

  /// W2: by the text protocol.
  static func text(_ count: Int) -> MySQLQuery {
    "SELECT id, n, s, d, t, m FROM rows_of_six LIMIT \(unsafe: "\(count)")"
  }

  /// W3: with a prepared statement.
  static func prepared(_ count: Int) -> MySQLQuery {
    "SELECT id, n, s, d, t, m FROM rows_of_six LIMIT \(count)"
  }

  /// Decodes rows as they arrive.
  func stream(_ query: MySQLQuery) async throws -> Measurement {
    var checksum = RowChecksum()
    let meter = Meter()
    for try await (id, n, s, d, t, m) in try await connection.query(query).decode(SixColumns.self) {
      checksum.add(id, n, s, d, t, m)
    }
    return meter.stop(count: checksum.count, checksum: checksum.text)
  }

  /// Decodes rows once all of them have arrived.
  func collect(_ query: MySQLQuery) async throws -> Measurement {
    var checksum = RowChecksum()
    let meter = Meter()
    for row in try await connection.query(query).collect() {
      let (id, n, s, d, t, m) = try row.decode(SixColumns.self)
      checksum.add(id, n, s, d, t, m)
    }
    return meter.stop(count: checksum.count, checksum: checksum.text)
  }
}

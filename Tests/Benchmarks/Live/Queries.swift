import MySQL

/// W1 and W4: small queries, each read to its end before the next is sent.
struct Queries<DB: MySQLQueryable> {
  let db: DB

  /// W1: by the text protocol.
  func selectOne(_ count: Int) async throws -> Measurement {
    var sum = 0
    let meter = Meter()
    for _ in 0..<count {
      for try await one in try await db.query("SELECT 1").decode(Int.self) { sum += one }
    }
    return meter.stop(count: count, checksum: "\(sum)")
  }

  /// W4: a row by its key, with a statement that is prepared once.
  func selectByKey(_ count: Int) async throws -> Measurement {
    var checksum = RowChecksum()
    let meter = Meter()
    try await Self.select(1...count, on: db, &checksum)
    return meter.stop(count: count, checksum: checksum.text)
  }

  static func select(
    _ keys: ClosedRange<Int>, on db: DB, _ checksum: inout RowChecksum
  ) async throws {
    for key in keys {
      let rows = try await db.query("SELECT id, n, s, d, t, m FROM rows_of_six WHERE id = \(key)")
      for try await (id, n, s, d, t, m) in rows.decode(SixColumns.self) { checksum.add(id, n, s, d, t, m) }
    }
  }
}

import MySQL

/// W5: rows of one large cell.
struct Cells {
  let connection: MySQLConnection

  /// The sizes of the cells in the table `cells`.
  enum Size: Int, CaseIterable {
    case large = 64
    case medium = 15

    var mebibytes: Int { rawValue }
  }

  func read(_ size: Size, _ count: Int) async throws -> Measurement {
    var sum = 0
    let meter = Meter()
    for _ in 0..<count {
      let rows = try await connection.query(
        "SELECT data FROM cells WHERE id = \(unsafe: "\(size.mebibytes)")")
      for try await row in rows {
        // One byte of each page.
        row.withBytes(at: 0) { data in
          for index in stride(from: 0, to: data.count, by: 4096) { sum += Int(data[index]) }
        }
      }
    }
    return meter.stop(count: count, checksum: "\(sum)")
  }
}

import MySQL

/// W6: connecting, logging in and saying goodbye, again and again.
struct Logins {
  let settings: MySQLConfiguration

  func run(_ count: Int) async throws -> Measurement {
    let meter = Meter()
    for _ in 0..<count { await (try MySQLConnection.connect(settings)).close() }
    return meter.stop(count: count, checksum: "\(count)")
  }
}

import MySQL

/// A sum over all values of the rows of W2 and W3, so that none is left undecoded.
struct SixColumns {
  private(set) var count = 0
  private var sum: UInt64 = 0

  mutating func add(_ rows: MySQLRows) async throws {
    for try await (id, n, s, d, t, m) in rows.decode(
      (Int64, Int, String, Double, MySQLDateTime, MySQLDecimal).self)
    {
      let secondOfDay = t.hour * 3600 + t.minute * 60 + t.second
      sum &+= UInt64(bitPattern: id) &+ UInt64(n) &+ UInt64(s.utf8.count) &+ d.bitPattern
      sum &+= UInt64(secondOfDay) &+ (m.isNegative ? 1 : 0)
      count += 1
    }
  }

  var text: String {
    let hexadecimal = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - hexadecimal.count) + hexadecimal
  }
}

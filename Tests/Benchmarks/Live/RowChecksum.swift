import MySQL

/// A row of the table `rows_of_six`.
typealias SixColumns = (Int64, Int, String, Double, MySQLDateTime, MySQLDecimal)

/// A sum over all values of rows, so that none is left undecoded. Every peer computes the same sum.
struct RowChecksum {
  private(set) var count = 0
  private var sum: UInt64 = 0

  mutating func add(_ id: Int64, _ n: Int, _ s: String, _ d: Double, _ t: MySQLDateTime, _ m: MySQLDecimal) {
    let secondOfDay = t.hour * 3600 + t.minute * 60 + t.second
    sum &+= UInt64(bitPattern: id) &+ UInt64(n) &+ UInt64(s.utf8.count) &+ d.bitPattern
    sum &+= UInt64(secondOfDay) &+ (m.isNegative ? 1 : 0)
    count += 1
  }

  static func += (left: inout Self, right: Self) {
    left.count += right.count
    left.sum &+= right.sum
  }

  var text: String { "\(count)/\(String(sum, radix: 16))" }
}

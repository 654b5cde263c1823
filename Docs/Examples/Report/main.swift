import Foundation
import MySQL

// example-report URL: the turnover of each month, from the table `orders` (id, placed DATE, amount DECIMAL).
// The rows stream: memory stays the same however many there are. Progress goes to standard error.

struct Month {
  var orders = 0
  var turnover = Decimal()
}

/// A line that is drawn over itself, at most ten times a second.
struct Progress {
  let all: Int
  private var done = 0
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var next: ContinuousClock.Instant

  init(all: Int) {
    self.all = all
    start = clock.now
    next = start
  }

  mutating func advance() {
    done += 1
    // The clock is not asked for each row.
    guard done.isMultiple(of: 1000), clock.now >= next else { return }
    next = clock.now + .milliseconds(100)
    let left = (clock.now - start) / done * max(0, all - done)
    show("\r\(done * 100 / max(1, all))% of \(all) orders, \(left.components.seconds) s left ")
  }

  func finish() { show("\r\(done) orders in \(clock.now - start)\n") }

  private func show(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

func report(_ db: MySQLClient) async throws {
  let all = try await db.query("SELECT COUNT(*) FROM orders").collect()[0].decode(Int.self)
  var progress = Progress(all: all)
  var months: [String: Month] = [:]
  let rows = try await db.query("SELECT placed, amount FROM orders", options: .prepared)
  for try await (placed, amount) in rows.decode((MySQLDate, Decimal).self) {
    let name = placed.description.prefix(7)
    months[String(name), default: Month()].orders += 1
    months[String(name), default: Month()].turnover += amount
    progress.advance()
  }
  progress.finish()
  print("month    orders    turnover")
  for (name, month) in months.sorted(by: { $0.key < $1.key }) {
    print(name, pad("\(month.orders)", 8), pad("\(month.turnover)", 11))
  }
}

func pad(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

guard CommandLine.arguments.count == 2 else {
  print("usage: example-report URL")
  exit(2)
}
do {
  let db = try MySQLClient(url: CommandLine.arguments[1])
  try await report(db)
  await db.shutdown()
} catch {
  FileHandle.standardError.write(Data("\nexample-report: \(error)\n".utf8))
  exit(1)
}

import MySQLWire

/// The protocol core alone: rows in memory are framed and decoded to Swift values. The rows are (BIGINT, INT,
/// VARCHAR 20, DOUBLE, DATETIME, DECIMAL(12,2)), and the doubles have all their digits.
struct CoreBenchmark {
  let rows: Int

  func run() {
    measure("core-text", .text)
    measure("core-binary", .binary)
  }

  private func measure(_ name: String, _ format: Format) {
    let stream = SampleStream(rows: rows, format: format)
    // The best of five, because other work on the machine only ever adds time.
    let runs = (0..<5).map { _ in
      do {
        return try time(stream)
      } catch {
        preconditionFailure("the sample rows are malformed: \(error)")
      }
    }
    let best = runs.min { $0.seconds < $1.seconds } ?? runs[0]
    let seconds = (best.seconds * 1000).rounded() / 1000
    print("\(name) rows=\(rows) cpu_s=\(seconds) bytes=\(stream.bytes.count) checksum=\(best.checksum)")
  }

  private func time(_ stream: SampleStream) throws -> (seconds: Double, checksum: Int) {
    var session = try stream.session()
    var sum = Checksum()
    let start = Usage()
    var position = 0
    while position < stream.bytes.count {
      // What one read from a socket would bring.
      let end = min(position + 64 << 10, stream.bytes.count)
      session.receive(stream.bytes.span.extracting(position..<end).bytes)
      position = end
      events: while true {
        switch try session.next().joined() {
        case .needsInput: break events
        case .rows(let block): try sum.add(block)
        default: break
        }
      }
    }
    precondition(sum.rows == rows)
    return (Usage().since(start).processorSeconds, sum.value)
  }
}

/// Uses every decoded value, so that no decoding can be left out.
private struct Checksum {
  private(set) var rows = 0
  private(set) var value = 0

  mutating func add(_ block: RowBlock) throws(Violation) {
    let storage = block.bytes
    let bytes = storage.span.bytes
    let columns = block.columns
    let decoders = columns.decoders
    guard decoders.count == 6 else { throw .malformed(.columnCount) }
    let (id, n, s, d, t, m) = (decoders[0], decoders[1], decoders[2], decoders[3], decoders[4], decoders[5])
    for row in 0..<block.count {
      var cells = CellReader(block.range(ofRow: row), columns)
      if let cell = try cells.next(in: bytes, columns) {
        value &+= Int(try id.int64(bytes.extracting(cell)) ?? 0)
      }
      if let cell = try cells.next(in: bytes, columns) {
        value &+= Int(try n.int64(bytes.extracting(cell)) ?? 0)
      }
      if let cell = try cells.next(in: bytes, columns) {
        value &+= (try s.string(bytes.extracting(cell)) ?? "").utf8.count
      }
      if let cell = try cells.next(in: bytes, columns) {
        value &+= Int(truncatingIfNeeded: (try d.double(bytes.extracting(cell)) ?? 0).bitPattern)
      }
      if let cell = try cells.next(in: bytes, columns) {
        value &+= Int((try t.dateTime(bytes.extracting(cell)))?.second ?? 0)
      }
      if let cell = try cells.next(in: bytes, columns) {
        value &+= Int((try m.decimal(bytes.extracting(cell)))?.scale ?? 0)
      }
      rows += 1
    }
  }
}

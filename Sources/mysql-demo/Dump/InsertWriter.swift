import MySQLWire

/// A writer of rows as INSERT statements of many rows each.
struct InsertWriter {
  /// How long statements may be. Longer ones are not loaded faster, and a client that loads them has several copies of
  /// one in memory.
  struct Limits {
    /// The size at which a statement ends.
    var usual = 512 << 10
    /// The size that no statement exceeds, unless a single row has thousands of columns.
    var most = 16 << 20

    /// Makes limits for a server. Other servers should accept the statements, too, and all of them accept 16 MiB by
    /// default.
    init(maxAllowedPacket: Int) {
      most = min(most, maxAllowedPacket - 1024)
      usual = min(usual, most / 2)
    }
  }

  private let head: [UInt8]
  private let literals: [SQLLiteral]
  private let limits: Limits
  private let output: OutputBuffer
  /// The size of the open statement; zero if none is open.
  private var size = 0

  /// - Parameter head: The statement up to `VALUES`, and the space after it.
  init(head: String, literals: [SQLLiteral], limits: Limits, to output: OutputBuffer) {
    self.head = Array(head.utf8)
    self.literals = literals
    self.limits = limits
    self.output = output
  }

  mutating func write(_ block: RowBlock) {
    let literals = literals
    for row in 0..<block.count {
      let longest = SQLLiteral.longest(for: block.range(ofRow: row).count, values: literals.count)
      if size > 0, size + longest > limits.most { end() }
      if head.count + longest > limits.most {
        writePieces(of: row, block)
        continue
      }
      let isFirst = size == 0
      size += output.append { buffer in
        let start = buffer.count
        if isFirst { buffer.append(contentsOf: head) } else { Self.append(",\n", to: &buffer) }
        buffer.append(UInt8(ascii: "("))
        block.bytes.withUnsafeBufferPointer { bytes in
          block.forEachCell(ofRow: row) { column, range in
            guard column < literals.count else { return }
            if column > 0 { buffer.append(UInt8(ascii: ",")) }
            if let range {
              literals[column].append(UnsafeBufferPointer(rebasing: bytes[range]), to: &buffer)
            } else {
              Self.append("NULL", to: &buffer)
            }
          }
        }
        buffer.append(UInt8(ascii: ")"))
        return buffer.count - start
      }
      if size >= limits.usual { end() }
      output.flushIfFull()
    }
  }

  /// Ends the open statement.
  mutating func end() {
    if size > 0 { output.write(";\n") }
    size = 0
  }

  /// Writes a row that is too large for one statement: its large values become user variables first, piece by piece.
  private func writePieces(of row: Int, _ block: RowBlock) {
    var values: [LargeValue] = []
    block.forEachCell(ofRow: row) { column, range in
      guard let range, column < literals.count, range.count > limits.usual / 8 else { return }
      values.append(LargeValue(column: column, literal: literals[column], range: range))
    }
    for value in values { value.writePieces(of: block.bytes, size: limits.usual / 2, to: output) }
    output.write(head)
    output.write("(")
    block.forEachCell(ofRow: row) { column, range in
      guard column < literals.count else { return }
      if column > 0 { output.write(",") }
      if let value = values.first(where: { $0.column == column }) {
        value.writeUse(to: output)
      } else if let range {
        block.bytes.withUnsafeBufferPointer { bytes in
          output.append { literals[column].append(UnsafeBufferPointer(rebasing: bytes[range]), to: &$0) }
        }
      } else {
        output.write("NULL")
      }
    }
    output.write(");\n")
    for value in values { value.writeEnd(to: output) }
    output.flushIfFull()
  }

  @inline(__always)
  private static func append(_ text: StaticString, to buffer: inout [UInt8]) {
    buffer.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

import MySQLTesting
import MySQLWire

/// A table for a person at a terminal: every box is as wide as what it shows.
struct TerminalTable: ResultWriter {
  private static let null = "NULL"

  let output: OutputBuffer
  /// The width of the terminal. A wider table is shown with a line for each cell. Nil means no limit.
  let limit: Int?
  let isHex: Bool
  private var binary: [Bool] = []
  private var columns: [ColumnDefinition] = []
  private var blocks: [RowBlock] = []
  private var widths: [Int] = []

  init(output: OutputBuffer, limit: Int?, isHex: Bool) {
    self.output = output
    self.limit = limit
    self.isHex = isHex
  }

  mutating func begin(_ columns: ResultColumns) {
    self.columns = columns.definitions
    binary = self.columns.map { isHex && $0.isBinary }
    widths = self.columns.map { TerminalWidth.of(Self.name($0)) }
  }

  mutating func write(_ block: RowBlock) {
    block.forEachCell { _, column, range in
      widths[column] = max(widths[column], TerminalWidth.of(text(block, column, range)))
    }
    blocks.append(block)
  }

  mutating func end() {
    if let limit, widths.reduce(1, { $0 + $1 + 3 }) > limit { return writeVertically() }
    writeRule()
    writeRow(columns.map(Self.name), isRight: [])
    writeRule()
    let isRight = Set(columns.indices.filter { columns[$0].type.isNumber })
    for block in blocks {
      for row in 0..<block.count {
        var cells: [String] = []
        block.forEachCell(ofRow: row) { column, range in cells.append(text(block, column, range)) }
        writeRow(cells, isRight: isRight)
      }
    }
    writeRule()
  }

  private func writeRule() {
    for width in widths { output.write(text: "+" + String(repeating: "-", count: width + 2)) }
    output.write("+\n")
    output.flushIfFull()
  }

  private func writeRow(_ cells: [String], isRight: Set<Int>) {
    for (column, cell) in cells.enumerated() {
      let space = String(repeating: " ", count: max(0, widths[column] - TerminalWidth.of(cell)))
      output.write(text: "| " + (isRight.contains(column) ? space + cell : cell + space) + " ")
    }
    output.write("|\n")
  }

  private func writeVertically() {
    let names = columns.map(Self.name)
    let width = names.map { TerminalWidth.of($0) }.max() ?? 0
    var number = 0
    for block in blocks {
      for row in 0..<block.count {
        number += 1
        let stars = String(repeating: "*", count: 27)
        output.write(text: "\(stars) \(number). row \(stars)\n")
        block.forEachCell(ofRow: row) { column, range in
          let space = String(repeating: " ", count: width - TerminalWidth.of(names[column]))
          output.write(text: "\(space)\(names[column]): \(text(block, column, range))\n")
        }
        output.flushIfFull()
      }
    }
  }

  private static func name(_ column: ColumnDefinition) -> String {
    VisibleText.of(String(decoding: column.nameBytes, as: UTF8.self))
  }

  private func text(_ block: RowBlock, _ column: Int, _ range: Range<Int>?) -> String {
    guard let range else { return Self.null }
    guard binary[column] else { return VisibleText.of(String(decoding: block.bytes[range], as: UTF8.self)) }
    return "0x"
      + block.bytes[range].map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
  }
}

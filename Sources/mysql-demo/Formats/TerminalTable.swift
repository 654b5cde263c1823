import MySQLTesting
import MySQLWire

/// A table for a person at a terminal: every box is as wide as what it shows.
struct TerminalTable: ResultWriter {
  private static let null = "NULL"

  let output: OutputBuffer
  /// The width of the terminal. A wider table is shown with a line for each cell. Nil means no limit.
  let limit: Int?
  private var columns: [ColumnDefinition] = []
  private var blocks: [RowBlock] = []
  private var widths: [Int] = []

  init(output: OutputBuffer, limit: Int?) {
    self.output = output
    self.limit = limit
  }

  mutating func begin(_ columns: ResultColumns) {
    self.columns = columns.definitions
    widths = self.columns.map { TerminalWidth.of(Self.name($0)) }
  }

  mutating func write(_ block: RowBlock) {
    block.forEachCell { _, column, range in
      widths[column] = max(widths[column], TerminalWidth.of(Self.text(block, range)))
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
        block.forEachCell(ofRow: row) { _, range in cells.append(Self.text(block, range)) }
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
          output.write(text: "\(space)\(names[column]): \(Self.text(block, range))\n")
        }
        output.flushIfFull()
      }
    }
  }

  private static func name(_ column: ColumnDefinition) -> String {
    VisibleText.of(String(decoding: column.nameBytes, as: UTF8.self))
  }

  private static func text(_ block: RowBlock, _ range: Range<Int>?) -> String {
    range.map { VisibleText.of(String(decoding: block.bytes[$0], as: UTF8.self)) } ?? null
  }
}

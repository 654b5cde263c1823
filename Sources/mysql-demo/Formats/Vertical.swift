import MySQLWire

/// `-E` and `\G`: each cell on a separate line, after its column's name.
struct Vertical: ResultWriter {
  let output: OutputBuffer
  let showsNames: Bool
  let isHex: Bool
  private var binary: [Bool] = []
  private var names: [[UInt8]] = []
  private var rows = 0

  init(output: OutputBuffer, showsNames: Bool, isHex: Bool) {
    self.output = output
    self.showsNames = showsNames
    self.isHex = isHex
  }

  mutating func begin(_ columns: ResultColumns) {
    binary = columns.definitions.map { isHex && $0.isBinary }
    let shown = columns.definitions.map { $0.shownName }
    let width = columns.definitions.map { $0.nameBytes.count }.max() ?? 0
    names = shown.map {
      [UInt8](repeating: UInt8(ascii: " "), count: width - $0.count) + $0 + Array(": ".utf8)
    }
  }

  mutating func write(_ block: RowBlock) {
    let stars: StaticString = "***************************"
    let first = rows
    block.forEachCell { row, column, range in
      if column == 0 {
        output.write(stars)
        output.write(text: " \(first + row + 1). row ")
        output.write(stars)
        output.write(UInt8(ascii: "\n"))
        output.flushIfFull()
      }
      if showsNames { output.write(names[column]) }
      if let range {
        if binary[column] {
          output.write(hex: block.bytes[range])
        } else {
          output.writeWithoutNUL(block.bytes[range])
        }
      } else {
        output.write("NULL")
      }
      output.write(UInt8(ascii: "\n"))
    }
    rows += block.count
    output.flushIfFull()
  }

  mutating func end() {}
}
